"""One line of a page becomes an example, wherever Markdown has blocks."""

import html
from xml.etree import ElementTree

import markdown
import pytest

from snippets import embed
from snippets.catalog import Snippet
from snippets.check import DIFFERS, OK, UNRECORDED, Verdict
from snippets.run import Result
from symbreak import paste

SVG = '<svg viewBox="0 0 1 1"></svg>'


@pytest.fixture
def verdict(tmp_path, monkeypatch):
    monkeypatch.setattr("snippets.catalog.FOLDER", tmp_path)
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "one.py").write_text('"""One & only."""\nprint("a < b")\n')
    figures = [
        {"alt": 'A "line".', "caption": "", "svg": SVG, "summary": ""},
        {"alt": "Another.", "caption": "It *grows*.", "svg": SVG, "summary": ""},
    ]
    verdict = Verdict(Snippet("page/one"), Result("", "a < b\n", figures), OK)
    monkeypatch.setattr(embed, "verdicts", {"page/one": verdict})
    return verdict


def render(text):
    extensions = ["admonition", "tables", "pymdownx.details", "pymdownx.superfences"]
    extensions += ["pymdownx.tabbed", "snippets.embed"]
    configs = {"pymdownx.tabbed": {"alternate_style": True}}
    return markdown.markdown(
        text, extensions=extensions, extension_configs=configs, output_format="xhtml"
    )


def test_an_example_shows_code_printout_and_figures_with_alt_and_caption(verdict):
    page = render("Before.\n\n@snippet page/one\n\nAfter.")
    assert page.count('data-snippet="page/one"') == 1
    assert "&lt; b" in page
    assert 'href="/snippets/page/one.py"' in page
    assert 'aria-label="A &quot;line&quot;."' in page
    assert "<figcaption>One &amp; only.</figcaption>" in page
    assert "<figcaption>It <em>grows</em>.</figcaption>" in page
    assert page.index("Before") < page.index("data-snippet") < page.index("After")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("@snippet page/one", "."),
        ("Text right above.\n@snippet page/one\nText right below.", "."),
        ("- item\n\n    @snippet page/one\n\n- item", "./ul/li[1]"),
        ("!!! note\n\n    @snippet page/one\n", "./div[@class='admonition note']"),
        ('??? note "T"\n\n    Text.\n\n    @snippet page/one\n', "./details"),
        ('=== "A"\n\n    text\n\n=== "B"\n\n    @snippet page/one\n', "./div/div/div[2]"),
        ("!!! note\n\n    - item\n\n        @snippet page/one\n", "./div/ul/li"),
    ],
)
def test_the_line_works_in_every_block(verdict, text, place):
    page = render(text)
    assert page.count('data-snippet="page/one"') == 1
    assert all(words in page for words in ("right above", "right below") if words in text)
    assert page.count("<svg") == 2
    assert "@snippet" not in page
    root = ElementTree.fromstring(f"<root>{page}</root>")
    (example,) = root.findall(f"{place}/div[@data-snippet]")
    assert example.get("class") == "example"


def test_examples_and_pictures_alone_have_permalinks(verdict):
    assert 'href="#code-page-one"' in render("@snippet page/one")
    page = render("@snippet page/one figures")
    assert page.count('href="#figures-page-one"') == 1
    assert "headerlink" not in render("@snippet page/one output")


def test_a_line_that_matters_is_marked_and_copied_as_it_is(verdict):
    source = '"""One."""\nx = 1\ny = 0 * x  # <- nothing comes through\n'
    verdict.snippet.path.write_text(source)
    page = render("@snippet page/one code")
    root = ElementTree.fromstring(f"<root>{page}</root>")
    (line,) = [e for e in root.iter("span") if e.get("class") == "hll"]
    assert "".join(line.itertext()) == "y = 0 * x  # <- nothing comes through\n"
    assert "".join(root.find(".//pre").itertext()) == source


def test_the_line_is_left_alone_inside_a_fence(verdict):
    page = render("```\n@snippet page/one\n```")
    assert "data-snippet" not in page
    assert "@snippet page/one" in page


def test_parts_are_shown_in_the_order_asked_for(verdict):
    assert "<svg" not in render("@snippet page/one code output")
    page = render("@snippet page/one figures code")
    assert page.index("<svg") < page.index("example-download")
    assert 'class="highlight output"' not in page


def test_a_printed_table_becomes_a_table(verdict):
    verdict.result.stdout = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert "<td>1</td>" in render("@snippet page/one table")


@pytest.mark.parametrize(
    ("status", "kind"), [(DIFFERS, "admonition danger"), (UNRECORDED, "admonition warning")]
)
def test_what_does_not_hold_is_a_box_with_its_message(verdict, status, kind):
    verdict.status, verdict.message = status, "-1 < 2\n+1 < 3"
    page = render("@snippet page/one")
    assert kind in page
    assert "+1 &lt; 3" in page
    assert "<svg" in page  # the rest of the example is still shown


def test_an_unknown_name_is_a_box(verdict):
    assert "Unknown snippet page/two" in render("@snippet page/two")


@pytest.mark.parametrize("part", ["match", "html", "python", "replace", "figure"])
def test_an_unknown_part_is_a_box_whatever_methods_there_are(verdict, part):
    page = render(f"@snippet page/one {part} output")
    message = f"{part!r} is no part of a snippet; the parts are code, output, figures, table"
    assert page.count("admonition danger") == 1
    assert message in html.unescape(page)
    assert 'class="highlight output"' in page  # the rest of the example is still shown


BOXES = [
    ("@paste planar constant", "."),
    ("Text right above.\n@paste planar constant\nText right below.", "."),
    ('??? example "T"\n\n    Text.\n\n    @paste planar constant\n', "./details"),
    ('=== "A"\n\n    @paste planar constant\n', "./div/div/div[1]"),
]


@pytest.mark.parametrize(("text", "place"), BOXES)
def test_a_paste_line_becomes_the_box_wherever_it_stands(text, place):
    page = render(text)
    root = ElementTree.fromstring(f"<root>{page}</root>")
    (found,) = root.findall(f"{place}/div[@data-paste]")
    assert found.get("id") == "paste-planar-constant"
    assert found.find("p/code").text == "planar: constant"
    assert "".join(found.find(".//pre").itertext()) == paste.box("planar", "constant")


def test_a_paste_line_can_ask_for_the_check_and_is_left_alone_in_a_fence():
    page = ElementTree.fromstring(render("@paste logistic check"))
    assert "".join(page.find(".//pre").itertext()) == paste.check_box("logistic")
    assert "data-paste" not in render("```\n@paste logistic check\n```")


def test_an_unknown_box_is_a_red_one():
    page = render("@paste planar constnt")
    assert "admonition danger" in page
    assert "did you mean 'constant'?" in page.replace("&#x27;", "'")
