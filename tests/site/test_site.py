"""The real site, as it is published."""

import gzip
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from permalinks import listed

from snippets.machine import examples, labs, prose, values
from snippets.machine.examples import DOCS, ROOT

LIMIT = 60_000  # bytes of HTML with its figures, after gzip


def page(built: Path, source: Path) -> str:
    name = source.relative_to(DOCS).with_suffix("").as_posix().removesuffix("index")
    return (built / name / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", prose.pages(), ids=lambda path: path.stem)
def test_every_example_of_a_page_is_in_its_html(built, source):
    html = page(built, source)
    embedded = [embed.name for embed in prose.embeds(source)]
    assert re.findall(r'data-snippet="([^"]+)"', html) == embedded
    assert "admonition danger" not in html
    assert "tex-error" not in html


@pytest.mark.parametrize("source", prose.pages(), ids=lambda path: path.stem)
def test_no_reference_to_a_number_is_left_as_typed(built, source):
    text = re.sub(r"<(pre|code)\b.*?</\1>", "", page(built, source), flags=re.DOTALL)
    assert values.REFERENCE.findall(text) == []


@pytest.mark.parametrize("source", prose.pages(), ids=lambda path: path.stem)
def test_a_page_is_light(built, source):
    assert len(gzip.compress(page(built, source).encode())) <= LIMIT


@pytest.mark.parametrize("name", labs.labs())
def test_the_page_of_a_lab_is_light(built, name):
    html = (built / name / "index.html").read_text(encoding="utf-8")
    assert len(html.encode()) <= 150_000
    assert len(gzip.compress(html.encode())) <= LIMIT
    assert html.count("<svg role=") == sum(
        line.startswith("--- figure")
        for line in labs.Lab(name)
        .record.read_text(encoding="utf-8")
        .partition(", answered ===")[0]
        .splitlines()
    )
    assert "admonition danger" not in html


def test_the_script_of_the_playground_is_small(built):
    folder = built / "assets" / "playground"
    size = sum(len(gzip.compress(path.read_bytes())) for path in folder.glob("*.js"))
    assert size < 30_000


def test_figures_have_alt_text_and_a_caption_and_ids_are_unique(built):
    for source in prose.pages():
        html = page(built, source)
        figures = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)
        for figure in figures:
            alt = re.search(r'<svg role="img" aria-label="([^"]*)"', figure)[1]
            caption = re.search(r"<figcaption>(.*)</figcaption>", figure, re.DOTALL)[1]
            for text in (alt, re.sub("<.*?>", "", caption)):
                assert len(text) >= 20, f"{source}: {text!r} says too little of a figure"
        ids = re.findall(r'<[^>]* id="([^"]+)"', html)
        assert {name for name in ids if ids.count(name) > 1} == set(), source


def test_every_example_can_be_downloaded(built):
    for name, example in examples.examples().items():
        text = (built / "snippets" / f"{name}.py").read_text(encoding="utf-8")
        assert text.startswith(example.source)


def test_a_download_runs_and_saves_its_figures(built, tmp_path):
    script = built / "snippets" / "zero-init" / "sigmoid.py"
    environment = os.environ | {"MPLBACKEND": "agg"}
    subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "sigmoid-1.png").stat().st_size > 10_000


class Requests(HTMLParser):
    """Collect what a browser loads by itself."""

    LOADED = ("stylesheet", "icon", "preload", "modulepreload", "manifest", "preconnect")

    def __init__(self):
        super().__init__()
        self.urls = []

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag in ("script", "img", "iframe", "source", "video", "audio", "embed", "object"):
            self.urls += [attributes.get("src", ""), attributes.get("data", "")]
        if tag == "link" and set(attributes.get("rel", "").split()) & set(self.LOADED):
            self.urls.append(attributes["href"])


def test_nothing_is_loaded_from_another_host(built):
    for path in built.rglob("*.html"):
        parser = Requests()
        parser.feed(path.read_text(encoding="utf-8"))
        assert [url for url in parser.urls if re.match(r"(https?:)?//", url)] == []
    for path in built.rglob("*.css"):
        urls = re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", path.read_text())
        assert [url for pair in urls for url in pair if re.match(r"(https?:)?//", url)] == []


def test_formulas_need_no_script(built):
    scripts = [path.name for path in built.rglob("*.js")]
    assert not [name for name in scripts if "katex" in name.lower() or "mathjax" in name.lower()]
    assert list(built.rglob("KaTeX_Main-Regular.woff2"))


def test_the_search_is_not_cluttered_by_formulas(built):
    index = (built / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "0.6931" in index
    assert "underset" not in index  # in many formulas, in no code
    assert "xmlns" not in index


PERMALINKS = (ROOT / "tests" / "permalinks.txt").read_text(encoding="utf-8").splitlines()


def test_each_page_has_a_title_and_a_description_of_its_own(built):
    pages = [page.read_text(encoding="utf-8") for page in sorted(built.rglob("index.html"))]
    titles = [re.search("<title>(.*?)</title>", page)[1] for page in pages]
    found = [re.search('<meta name="description" content="([^"]*)"', page)[1] for page in pages]
    assert len({*titles}) == len(pages) > 30
    assert len({*found}) == len(pages) and all(20 < len(text) < 240 for text in found)


def test_the_address_of_the_site_gives_canonical_addresses_and_a_sitemap(built, addressed):
    site = "https://example.org/sub/"
    listed = re.findall("<loc>(.*?)</loc>", (addressed / "sitemap.xml").read_text())
    for page in sorted(addressed.rglob("index.html")):
        place = site + page.parent.relative_to(addressed).as_posix().removeprefix(".")
        own = place if place.endswith("/") else f"{place}/"
        text = page.read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{own}">' in text and own in listed
    assert not (built / "sitemap.xml").exists() and not (built / "sitemap.xml.gz").exists()
    assert "canonical" not in (built / "index.html").read_text(encoding="utf-8")


def test_what_was_published_once_is_still_there(built):
    now = listed(built)
    places = [line.split() for line in PERMALINKS]
    assert len(places) > 300
    assert [name for name, *_ in places if name not in now] == []
    gone = {name: set(ids) - set(now[name]) for name, *ids in places}
    assert {name: ids for name, ids in gone.items() if ids} == {}
