"""What MkDocs calls, without a build."""

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import Abort, BuildError

from snippets.machine import cache, output, values
from snippets.machine.examples import ROOT
from snippets.mkdocs_site import finish, hooks, policy, rendered, tex
from snippets.mkdocs_site.hooks import Build


@pytest.fixture(autouse=True)
def private(tmp_path, monkeypatch):
    for module in (cache, hooks):
        monkeypatch.setattr(module, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(rendered, "PAGES", tmp_path / "cache" / "pages")


def config_of(build):
    return SimpleNamespace(plugins={}, mdx_configs={}, extra={"build": build})


@pytest.fixture(params=[False, True], ids=["build", "serve"])
def build(request, tmp_path):
    return Build(request.param, tmp_path / "site")


# The code that shows the pages --------------------------------------------------------------------


def test_the_digest_of_the_code_follows_its_files(tmp_path, monkeypatch):
    assert rendered.code() == rendered.LOADED
    found = {rendered.LOADED}
    monkeypatch.setattr(rendered, "FOLDER", tmp_path)
    for name in ("machine/new.py", "mkdocs_site/new.py", "mkdocs_site/tex.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
        found.add(rendered.code())
    (tmp_path / name).write_text("// edited\n")
    found.add(rendered.code())
    (tmp_path / name).rename(tmp_path / "mkdocs_site/newer.js")
    found.add(rendered.code())
    assert len(found) == 6
    (tmp_path / "page").mkdir()
    (tmp_path / "page/example.py").write_text("")  # runs with the code on disk
    assert rendered.code() in found


def test_a_server_says_that_it_goes_on_with_the_code_as_it_was(build, monkeypatch, caplog):
    monkeypatch.setattr(hooks, "_judge", lambda build: None)
    hooks.on_pre_build(config_of(build))
    assert caplog.text == ""
    monkeypatch.setattr(rendered, "LOADED", b"another")
    hooks.on_pre_build(config_of(build))
    assert ("stop and start `mkdocs serve` to use it" in caplog.text) == build.serving


def test_the_code_of_another_checkout_is_refused(tmp_path, monkeypatch):
    hooks._check_checkout()
    monkeypatch.setattr(hooks, "ROOT", tmp_path)
    with pytest.raises(Abort, match="must be built with the code of its own checkout") as refused:
        hooks._check_checkout()
    assert str(ROOT) in str(refused.value) and str(tmp_path) in str(refused.value)
    assert "make install" in str(refused.value)


# Problems -----------------------------------------------------------------------------------------


def test_a_server_goes_on_when_the_examples_cannot_be_judged(build, monkeypatch):
    def fail(build):
        raise SyntaxError("invalid syntax")

    monkeypatch.setattr(hooks, "_judge", fail)
    config = config_of(build)
    if not build.serving:
        with pytest.raises(SyntaxError):
            hooks.on_pre_build(config)
        return
    hooks.on_pre_build(config)
    assert config.mdx_configs == {"snippets.mkdocs_site.embed": {"judged": True}}
    assert build.problems == ["The examples cannot be judged: SyntaxError: invalid syntax"]
    shown = hooks._with_problems("<p>Page</p>", "index.md", build)
    assert "admonition danger" in shown and "invalid syntax" in shown
    assert shown.endswith("<p>Page</p>")


def test_what_was_judged_is_written_for_the_pages(build, monkeypatch):
    written = []
    monkeypatch.setattr(hooks.verdict, "known", dict)
    monkeypatch.setattr(hooks.prose, "asked", dict)
    for name in ("look", "check"):
        monkeypatch.setattr(hooks.verdict, name, lambda *known, **how: {})
    monkeypatch.setattr(hooks.prose, "judge", lambda verdicts: ({"box": "text"}, ["one"]))
    monkeypatch.setattr(hooks.output, "write", lambda *what: written.append(what))
    hooks._judge(build)
    assert written == [({}, {"box": "text"})]
    assert build.problems == ["one"]


def test_all_problems_are_reported_and_only_a_build_ends(build, caplog):
    build.problems = ["docs/a.md:1: one", "docs/b.md:2: two"]
    if build.serving:
        hooks._report(SimpleNamespace(), config_of(build), [])
    else:
        with pytest.raises(BuildError, match=r"Nothing was published: 2 problem\(s\)"):
            hooks._report(SimpleNamespace(), config_of(build), [])
    said = [(record.levelno, record.getMessage()) for record in caplog.records]
    level = logging.WARNING if build.serving else logging.ERROR
    assert said == [(level, problem) for problem in build.problems]


def page_of(source, content):
    return SimpleNamespace(
        file=SimpleNamespace(src_uri=source), content=content, toc=[], links_to_anchors=None,
        present_anchor_ids=None, markdown="", meta={},
    )  # fmt: skip


def convert(build, source, content, *, is_kept=False):
    build.warnings, build.is_kept, build.key = rendered.warnings(), is_kept, "key"
    return hooks.on_page_content(content, page_of(source, content), config_of(build), [])


@pytest.mark.parametrize("is_kept", [False, True])
def test_what_the_html_of_a_page_carries_is_a_problem_also_when_it_was_kept(build, is_kept):
    formula = tex.broken("reason", 'docs/a.md:3: "\\frac{1" is none')
    content = f"<p>{formula}</p><iframe></iframe>"
    shown = convert(build, "a.md", content, is_kept=is_kept)
    convert(build, "a.md", content, is_kept=is_kept)  # says nothing twice
    formula, frame = build.problems
    assert formula == 'docs/a.md:3: "\\frac{1" is none'
    assert frame.startswith("docs/a.md: <iframe> is not admitted")
    assert shown.endswith(content)
    assert ("A build would not publish this page" in shown) == build.serving
    if build.serving:
        assert "&lt;iframe&gt; is not admitted" in shown.removesuffix(content)
        assert shown.count("is none") == 1  # where it stands


def test_a_page_shows_its_own_problems_and_not_those_of_others(tmp_path):
    build = Build(True, tmp_path / "site")
    build.problems = ["docs/a.md:1: one", "docs/labs/b.py:2: two", "page/four: failed"]
    build.problems += ["docs/labs/b-more.py: three"]
    assert "one" in hooks._with_problems("", "a.md", build)
    found = hooks._with_problems("", "labs/b.ipynb", build)
    assert "two" in found and "three" not in found
    assert hooks._with_problems("<p>C</p>", "c.md", build) == "<p>C</p>"


def test_what_mkdocs_warned_about_while_a_page_was_rendered_is_not_kept(build, tmp_path):
    def kept():
        return [path.name for path in (tmp_path / "cache").glob("pages/*")]

    build.warnings, build.key = rendered.warnings(), "key"
    logging.getLogger("mkdocs.structure.pages").warning("a link that leads nowhere")
    hooks.on_page_content("<p>A</p>", page_of("a.md", "<p>A</p>"), config_of(build), [])
    assert kept() == []
    convert(build, "b.md", "<p>B</p>")
    assert kept() == ["b.md"]


def test_what_is_kept_of_a_lab_is_its_page_and_not_the_raw_notebook(build, monkeypatch):
    monkeypatch.setattr(hooks.output, "read", lambda name: {"name": name})
    monkeypatch.setattr(hooks.labpages, "to_page", lambda *_: "<p>lab</p>")
    page = page_of("labs/a.ipynb", "<p>raw</p>")
    build.warnings, build.is_kept, build.key = rendered.warnings(), False, "key"
    hooks.on_page_content("<p>raw</p>", page, config_of(build), [])
    assert page.content == "<p>lab</p>"


# Pages and templates ------------------------------------------------------------------------------


def test_the_search_reads_no_formulas_and_the_page_keeps_them():
    formula = tex.render("x_1", display=False)
    whole = f'<h1 id="a">A</h1><p>So {formula} it is.</p>'
    page = SimpleNamespace(content=whole, url="a/", meta={"words": {"a": "why"}})
    entries = [{"location": "a/"}, {"location": "b/"}]
    index = SimpleNamespace(search_index=SimpleNamespace(entries=entries))
    config = SimpleNamespace(plugins={"material/search": index})
    assert hooks._hide_from_search("context", page, config, None) == "context"
    assert page.content == '<h1 id="a">A</h1><p>So x1 it is.</p>'
    hooks._show_again("context", page, config, None)
    assert page.content == whole
    assert page.meta == {"words": {"a": "why"}, "description": ""}
    assert entries == [{"location": "a/", "tags": ["why"]}, {"location": "b/"}]


def test_a_page_is_improved_and_protected_once_nobody_reloads_it(build):
    page = policy.CHARSET + '<nav class="md-nav" aria-label="A"><nav class="md-nav" aria-label="A">'
    improved = finish.improve(page)
    assert improved != page
    expected = improved if build.serving else policy.protect(improved)
    assert hooks.on_post_page(page, None, config_of(build)) == expected
    assert hooks.on_post_template(page, "404.html", config_of(build)) == expected


@pytest.mark.parametrize(("site_url", "kept"), [("https://a.org/", "<urlset>"), ("", "")])
def test_without_an_address_of_the_site_there_is_no_sitemap(build, site_url, kept):
    config = SimpleNamespace(site_url=site_url, **vars(config_of(build)))
    assert hooks.on_post_template("<urlset>", "sitemap.xml", config) == kept


# The place of the site ----------------------------------------------------------------------------


@pytest.fixture
def configured(build, tmp_path, monkeypatch):
    command = SimpleNamespace(info_name="serve" if build.serving else "build")
    closing = []
    monkeypatch.setattr(hooks.click, "get_current_context", lambda silent: command)
    monkeypatch.setattr(hooks.atexit, "register", closing.append)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    config = SimpleNamespace(site_dir=str(tmp_path / "site"), extra={})
    hooks.on_config(config)
    yield SimpleNamespace(config=config, closing=closing, serving=build.serving)
    for close in closing:
        close()


def test_a_build_writes_beside_the_site_and_is_alone_until_it_ends(configured, tmp_path):
    build, place = configured.config.extra["build"], Path(configured.config.site_dir)
    assert (build.serving, build.site) == (configured.serving, tmp_path / "site")
    if configured.serving:
        assert place == tmp_path / "site"
        assert configured.closing == []
        return
    assert place.parent == tmp_path and place.name.startswith(".site-")
    held = hooks.cache.FileLock(tmp_path / "cache" / "lock")
    with pytest.raises(hooks.cache.Timeout):
        held.acquire(timeout=0)
    place.mkdir()
    (close,) = configured.closing
    close()
    assert not place.exists()  # it was not moved
    held.acquire(timeout=0)
    held.release()


@pytest.mark.parametrize("warned", [False, True])
def test_a_strict_build_that_mkdocs_warned_about_is_not_moved(tmp_path, monkeypatch, warned):
    moved = []
    monkeypatch.setattr(finish, "is_strict_and_warned", lambda: warned)
    monkeypatch.setattr(finish, "move", lambda *places: moved.append(places))
    config = config_of(Build(False, tmp_path / "site"))
    config.site_dir = str(tmp_path / ".site-1")
    hooks.on_post_build(config)
    assert moved == ([] if warned else [(tmp_path / ".site-1", tmp_path / "site")])
    moved.clear()
    config.extra["build"].serving = True
    hooks.on_post_build(config)
    assert moved == []


def test_a_page_of_no_lab_is_not_taken_for_one(build, tmp_path, monkeypatch):
    monkeypatch.setattr(output, "VERDICTS", tmp_path / "verdicts")
    assert convert(build, "notes/mine.ipynb", "<p>Mine</p>") == "<p>Mine</p>"


# Where the numbers of a page come from -----------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "place"), [("a.md", "docs/a.md"), ("labs/a.ipynb", "docs/labs/a.py")]
)
def test_a_served_page_lists_where_its_numbers_come_from(tmp_path, source, place):
    asked = list(values.references("At {=one cost .3f},\nof {=one n d}.", "page", place))
    asked += values.references("{=one n d}", "page", "docs/b.md")
    numbers = {"cost .3f": "0.644", "n d": "400"}
    build = Build(True, tmp_path, asked={"page/one": asked})
    build.verdicts = {"page/one": SimpleNamespace(numbers=numbers)}
    found = hooks._origins(source, build)
    assert "<td>1</td><td>0.644</td><td><code>page/one cost .3f</code></td>" in found
    assert "<td>2</td><td>400</td>" in found and found.count("<tr>") == 3
    assert hooks._origins("c.md", build) == ""


def test_an_example_that_markdown_takes_for_text_is_a_problem(tmp_path, monkeypatch):
    for module in (hooks, hooks.prose):
        monkeypatch.setattr(module, "DOCS", tmp_path)
    (tmp_path / "a.md").write_text("@snippet page/one\n\nText.\n\n    @snippet page/two code\n")
    box = '<div data-snippet="page/one"></div>'
    (problem,) = hooks._not_embedded("a.md", box)
    assert problem.startswith("docs/a.md: 2 lines '@snippet ...', but 1 shown: put each on a line")
    assert hooks._not_embedded("a.md", 2 * box) == hooks._not_embedded("labs/b.ipynb", "") == []


def test_an_example_or_box_that_markdown_alone_sees_is_a_problem(tmp_path, monkeypatch):
    for module in (hooks, hooks.prose):
        monkeypatch.setattr(module, "DOCS", tmp_path)
    (tmp_path / "a.md").write_text("- @snippet page/one\n\n> @paste planar zeros\n")
    shown = '<div data-snippet="page/one"></div><div data-paste="planar zeros"></div>'
    snippet, paste = hooks._not_embedded("a.md", shown)
    assert "0 lines '@snippet ...', but 1 shown" in snippet
    assert "0 lines '@paste ...', but 1 shown" in paste
