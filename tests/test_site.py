"""The real site, as it is published."""

import gzip
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from snippets import catalog, pages
from snippets.catalog import DOCS

LIMIT = 60_000  # bytes of HTML with its figures, after gzip


def page(built: Path, source: Path) -> str:
    name = source.relative_to(DOCS).with_suffix("").as_posix().removesuffix("index")
    return (built / name / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", pages.pages(), ids=lambda path: path.stem)
def test_every_example_of_a_page_is_in_its_html(built, source):
    html = page(built, source)
    embedded = [embed.name for embed in pages.embeds(source)]
    assert re.findall(r'data-snippet="([^"]+)"', html) == embedded
    assert "admonition danger" not in html
    assert "tex-error" not in html


@pytest.mark.parametrize("source", pages.pages(), ids=lambda path: path.stem)
def test_a_page_is_light(built, source):
    assert len(gzip.compress(page(built, source).encode())) <= LIMIT


def test_figures_have_alt_text_and_a_caption_and_ids_are_unique(built):
    for source in pages.pages():
        html = page(built, source)
        figures = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)
        for figure in figures:
            assert re.search(r'<svg role="img" aria-label="[^"]{20,}"', figure)
            assert re.search(r"<figcaption>.{20,}</figcaption>", figure, re.DOTALL)
        ids = re.findall(r'<[^>]* id="([^"]+)"', html)
        assert {name for name in ids if ids.count(name) > 1} == set(), source


def test_every_example_can_be_downloaded(built):
    for name, snippet in catalog.snippets().items():
        text = (built / "snippets" / f"{name}.py").read_text(encoding="utf-8")
        assert text.startswith(snippet.source)


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


@pytest.mark.parametrize("number", range(1, 16))
def test_every_claim_of_the_thread_has_a_verdict_and_its_evidence(number):
    rows = [
        line
        for source in pages.pages()
        for line in source.read_text(encoding="utf-8").splitlines()
        if f'id="claim-s{number}"' in line
    ]
    (row,) = rows
    _, verdict, evidence = row.strip("| ").split(" | ")
    assert verdict.startswith(("Holds", "Does not hold"))
    assert re.search(r"`[a-z-]+/[a-z-]+`|derived above", evidence)


def test_the_search_is_not_cluttered_by_formulas(built):
    index = (built / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "0.6931" in index
    assert "underset" not in index  # in many formulas, in no code
    assert "xmlns" not in index
