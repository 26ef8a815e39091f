"""Pages kept between builds: shown as they were, and never when anything in them may differ."""

import logging
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page
from mkdocstrings import Inventory

from snippets.machine import cache, output
from snippets.machine.examples import ROOT
from snippets.mkdocs_site import rendered, tex

INDEX = """\
# The *first* page

Text with [a link](other.md#below), [one within](#second) and ![](a.svg).

## Second

### Third

## Fourth {: #own }
"""
OTHER = "# Other\n\n## Below\n"
CONFIG = """\
site_name: small
theme: {name: mkdocs}
markdown_extensions: [attr_list, toc: {permalink: true}]
validation: {links: {anchors: warn}}
plugins: []
"""


class Small:
    """A site of two pages, as MkDocs sees it before it renders them."""

    def __init__(self, root: Path):
        self.root = root
        self.write("mkdocs.yml", CONFIG)
        self.write("docs/index.md", INDEX)
        self.write("docs/other.md", OTHER)
        self.write("docs/a.svg", "<svg/>")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name="index.md"):
        """Return a page that is still to be rendered, the files and the settings."""
        config = load_config(str(self.root / "mkdocs.yml"))
        files = get_files(config)
        page = None
        for file in files.documentation_pages():
            made = Page(None, file, config)
            made.read_source(config)
            page = made if file.src_uri == name else page
        return page, files, config

    def key(self, name="index.md"):
        page, files, config = self.read(name)
        return rendered.key(page, page.markdown, rendered.surroundings(config, files))


@pytest.fixture(autouse=True)
def private(tmp_path, monkeypatch):
    kept = tmp_path / "cache"
    monkeypatch.setattr(cache, "CACHE", kept)
    monkeypatch.setattr(rendered, "PAGES", kept / "pages")
    monkeypatch.setattr(output, "VERDICTS", kept / "verdicts")
    monkeypatch.setattr(output, "BOXES", kept / "boxes.json")


@pytest.fixture
def small(tmp_path):
    return Small(tmp_path / "small")


def read_off(page):
    """Return all that MkDocs reads off a page that is rendered."""

    def entry(link):
        return link.title, link.id, link.level, [entry(child) for child in link.children]

    links = {file.src_uri: found for file, found in page.links_to_anchors.items()}
    return (
        page.content,
        page.title,
        [entry(link) for link in page.toc],
        page.present_anchor_ids,
        links,
    )


def test_a_kept_page_is_restored_with_all_that_mkdocs_reads_off_it(small, monkeypatch):
    page, files, config = small.read()
    assert not rendered.load(page, "key", config)
    page.render(config, files)
    rendered.store(page, "key", config)
    content, title, toc, anchors, links = expected = read_off(page)
    assert title == "The first page" and "<h2" in content
    assert [entry[1] for entry in toc[0][3]] == ["second", "own"]
    assert {"second", "third", "own"} <= anchors
    assert links["other.md"] == {"below": "other.md#below"}
    assert links["index.md"]["second"] == "#second"

    monkeypatch.setattr("markdown.Markdown.convert", lambda *text: pytest.fail("converted"))
    again, files, config = small.read()
    assert rendered.load(again, "key", config)
    again.render(config, files)
    assert read_off(again) == expected
    (other,) = [file for file in again.links_to_anchors if file.src_uri == "other.md"]
    assert other is files.get_file_from_path("other.md")  # of this build


def test_the_anchors_of_a_kept_page_are_checked_again(small, caplog):
    page, files, config = small.read()
    page.render(config, files)
    rendered.store(page, "key", config)
    small.write("docs/other.md", "# Other\n")
    again, files, config = small.read()
    assert rendered.load(again, "key", config)
    for file in files.documentation_pages():
        file.page.render(config, files)
    again.validate_anchor_links(files=files, log_level=logging.WARNING)
    assert "'other.md' does not contain an anchor '#below'" in caplog.text


def test_a_page_is_not_restored_under_another_key(small):
    page, files, config = small.read()
    page.render(config, files)
    rendered.store(page, "key", config)
    assert not rendered.load(small.read()[0], "another", config)
    assert not rendered.load(small.read("other.md")[0], "key", config)


# What a page is made of ---------------------------------------------------------------------------


def write_verdict(name, text):
    cache.write_whole(output.path(name), text.encode())


def edit_verdict(small):
    write_verdict("page/four", "two")


def lose_verdict(small):
    output.path("page/four").unlink()


def edit_boxes(small):
    cache.write_whole(output.BOXES, b"{}")


CHANGES = {
    "its text": lambda small: small.write("docs/index.md", f"{INDEX}\n@snippet page/four\nMore."),
    "a blank at its end": lambda small: small.write(
        "docs/index.md", f"{INDEX}\n@snippet page/four\n "
    ),
    "a verdict that it embeds": edit_verdict,
    "an example that is no more": lose_verdict,
    "the settings": lambda small: small.write("mkdocs.yml", f"{CONFIG}# edited\n"),
    "a new page": lambda small: small.write("docs/new.md", "# New\n"),
    "a page that is gone": lambda small: (small.root / "docs/other.md").unlink(),
    "a picture that is gone": lambda small: (small.root / "docs/a.svg").unlink(),
    "the boxes to paste": edit_boxes,
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_key_for(small, change):
    small.write("docs/index.md", f"{INDEX}\n@snippet page/four\n")
    write_verdict("page/four", "one")
    before = small.key()
    assert small.key() == before
    CHANGES[change](small)
    assert small.key() != before


@pytest.mark.parametrize("setting", ["SITE_URL", "REPOSITORY_URL"])
def test_another_key_for_an_address_that_the_environment_sets(small, monkeypatch, setting):
    settings = 'site_url: !ENV [SITE_URL, ""]\nextra: {repository: !ENV [REPOSITORY_URL, ""]}\n'
    small.write("mkdocs.yml", CONFIG + settings)
    monkeypatch.delenv(setting, raising=False)
    before = small.key()
    monkeypatch.setenv(setting, "http://host/a/")
    assert small.key() != before


def test_the_same_key_for_what_a_page_does_not_show(small):
    write_verdict("page/four", "one")
    small.write("docs/index.md", f"{INDEX}\n```\n@snippet page/four\n```\n")
    before = small.key()
    write_verdict("page/four", "two")
    write_verdict("page/five", "new")
    small.write("docs/other.md", "# Another text\n")
    assert small.key() == before


def test_pages_of_the_same_text_have_keys_of_their_own(small):
    small.write("docs/other.md", INDEX)
    assert small.key("index.md") != small.key("other.md")  # their links are not the same


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Return a folder with the code that renders, which is taken for this one's."""
    folder = tmp_path / "snippets"
    for name in ("machine", "mkdocs_site"):
        shutil.copytree(ROOT / "snippets" / name, folder / name)
    monkeypatch.setattr(rendered, "FOLDER", folder)
    return folder


RENDERERS = [
    "mkdocs_site/embed.py",
    "mkdocs_site/labpages.py",
    "mkdocs_site/rendered.py",
    "mkdocs_site/tex.py",
    "mkdocs_site/tex.js",
    "machine/prose.py",
]


@pytest.mark.parametrize("name", RENDERERS)
def test_another_key_when_the_code_that_renders_has_changed(small, copied, name, monkeypatch):
    before = small.key()
    with (copied / name).open("a") as file:
        file.write("\n")
    assert small.key() == before  # this process renders with the code as it was
    monkeypatch.setattr(rendered, "LOADED", rendered.code())  # the next one
    assert small.key() != before


def test_another_key_for_another_version_of_a_package(small, monkeypatch):
    listed = ["markdown-3.9.dist-info"]
    monkeypatch.setattr(rendered.os, "listdir", lambda folder: listed)
    before = small.key()
    listed[0] = "markdown-3.10.dist-info"
    assert small.key() != before


def test_another_key_for_another_katex(small, tmp_path, monkeypatch):
    before, katex = small.key(), tmp_path / "katex"
    katex.mkdir()
    (katex / "package.json").write_text('{"version": "0.0.1"}')
    monkeypatch.setattr(tex, "KATEX", katex)
    tex.version.cache_clear()
    after = small.key()
    tex.version.cache_clear()
    assert after != before


@pytest.mark.parametrize("text", ["::: symbreak.show", "T.\n\n::: symbreak.show", "## ::: a.b"])
def test_a_page_with_objects_of_the_package_follows_the_package(small, monkeypatch, text):
    small.write("docs/index.md", text)
    keys = [small.key(), small.key("other.md")]
    monkeypatch.setattr(rendered, "package_digest", lambda: "another")
    assert small.key() != keys[0] and small.key("other.md") == keys[1]


class Described(Inventory):
    """The plugins that describe objects and resolve links to them."""

    def __init__(self):
        super().__init__()
        self.handlers = SimpleNamespace(inventory=self)
        self.anchors = []

    def register_anchor(self, page, name, *, primary):
        self.anchors.append((page.url, name, primary))


def test_the_objects_of_a_kept_page_are_in_the_inventory_again(small):
    page, files, config = small.read()
    page.render(config, files)
    found = []
    for _ in range(2):
        described = Described()
        plugins = {"mkdocstrings": described, "autorefs": described}
        with_plugins = SimpleNamespace(plugins=plugins)
        if found:
            assert rendered.load(small.read()[0], "key", with_plugins)
            assert described.anchors == [(page.url, "symbreak.show", True)]
        else:
            uri = f"{page.url}#symbreak.show"
            described.register("symbreak.show", "py", "function", uri, priority=2, dispname="show")
            rendered.store(page, "key", with_plugins)
        found.append([vars(item) for item in described.values()])
    assert found[0] == found[1] != []


def test_the_key_of_a_lab_follows_its_notebook_and_its_verdict(tmp_path):
    notebook = tmp_path / "sums.ipynb"
    notebook.write_text("one")
    file = SimpleNamespace(src_uri="labs/sums.ipynb", abs_src_path=str(notebook))
    keys = set()

    def add():
        keys.add(rendered.key(SimpleNamespace(file=file), "", "around"))
        return len(keys)

    assert (add(), add()) == (1, 1)
    notebook.write_text("two")
    assert add() == 2
    write_verdict("labs/sums", "failed")
    assert add() == 3


def test_warnings_of_mkdocs_are_counted():
    before = rendered.warnings()
    logging.getLogger("mkdocs.plugins").info("nothing")
    assert rendered.warnings() == before
    logging.getLogger("mkdocs.plugins").warning("something")
    assert rendered.warnings() == before + 1


# A small site -------------------------------------------------------------------------------------


def kept(site):
    return sorted(path.name for path in (site.root / ".cache" / "pages").iterdir())


def test_a_build_with_kept_pages_gives_the_same_bytes_as_one_without(site):
    site.write("docs/other.md", "# Other\n\n[back](index.md)\n\n## Below\n\nSo $x = 1$.\n")
    assert site.build("--strict")[0] == 0
    assert kept(site) == ["index.md", "other.md"]
    first = site.tree()
    assert site.build("--strict")[0] == 0
    assert site.tree() == first
    shutil.rmtree(site.root / ".cache" / "pages")
    assert site.build("--strict")[0] == 0
    assert site.tree() == first


def test_a_broken_link_fails_each_strict_build_and_the_page_is_not_kept(site):
    site.write("docs/other.md", "# Other\n\n[nowhere](nowhere.md)\n")
    for _ in range(2):
        code, log = site.build("--strict")
        assert code != 0
        assert "'other.md' contains a link 'nowhere.md'" in log
    assert kept(site) == ["index.md"]
    site.write("docs/nowhere.md", "# It is\n")
    code, log = site.build("--strict")
    assert code == 0, log
    assert "other.md" in kept(site)


def test_a_link_breaks_when_its_target_goes_also_on_a_page_that_was_kept(site):
    site.write("docs/other.md", "# Other\n\n[there](there.md)\n")
    site.write("docs/there.md", "# There\n")
    assert site.build("--strict")[0] == 0
    assert "other.md" in kept(site)
    (site.root / "docs" / "there.md").unlink()
    for _ in range(2):
        code, log = site.build("--strict")
        assert code != 0
        assert "'other.md' contains a link 'there.md'" in log
    assert site.build()[0] == 0  # without --strict it is a warning
    code, log = site.build("--strict")
    assert code != 0
    assert "'other.md' contains a link 'there.md'" in log


def test_an_anchor_breaks_when_it_goes_also_for_a_page_that_was_kept(site):
    site.replace("mkdocs.yml", "absolute_links", "anchors: warn, absolute_links")
    site.write("docs/other.md", "# Other\n\n[there](there.md#below)\n")
    site.write("docs/there.md", "# There\n\n## Below\n")
    code, log = site.build("--strict")
    assert code == 0, log
    site.write("docs/there.md", "# There\n\n## Above\n")
    for _ in range(2):
        code, log = site.build("--strict")
        assert code != 0
        assert "does not contain an anchor '#below'" in log


def test_a_broken_formula_fails_each_build(site):
    site.write("docs/other.md", "# Other\n\n$\\frac{1$\n")
    for _ in range(2):
        code, log = site.build()
        assert code != 0
        assert "docs/other.md:3: KaTeX parse error" in log


def test_a_page_of_a_failing_example_shows_it_again_as_it_is_once_it_is_mended(site):
    source = site.read("snippets/page/four.py")
    good = site.read("site/index.html")
    site.write("snippets/page/four.py", source.replace("2 + 2", "2 + two"))
    assert site.build()[0] != 0
    site.write("snippets/page/four.py", source)
    assert site.build()[0] == 0
    assert site.read("site/index.html") == good


def test_a_damaged_page_is_rendered_again(site):
    good = site.read("site/index.html")
    page = site.root / ".cache" / "pages" / "index.md"
    page.write_bytes(page.read_bytes()[:-20])
    code, log = site.build()
    assert code == 0
    assert "pages/index.md is damaged: made again" in log
    assert site.read("site/index.html") == good
