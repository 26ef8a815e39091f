"""Formulas, rendered at build."""

import markdown
import pytest

from snippets import tex


@pytest.fixture(autouse=True)
def private(tmp_path, monkeypatch):
    monkeypatch.setattr(tex, "FORMULAS", tmp_path)
    monkeypatch.setattr(tex, "errors", [])


def render(text):
    extensions = ["tables", "pymdownx.arithmatex", "snippets.tex"]
    configs = {"pymdownx.arithmatex": {"generic": True}}
    return markdown.markdown(text, extensions=extensions, extension_configs=configs)


def test_inline_and_display_formulas_become_html():
    page = render("Let $a^2$.\n\n$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$\n")
    assert page.count('class="katex"') == 2
    assert page.count('class="katex-display"') == 1
    assert "<math" in page  # for screen readers
    assert "amp;amp;" not in page
    assert ">amp" not in page
    assert page.count("<mtr>") == 2  # two rows, cut at the ampersands
    assert page.count("<mtd") == 4
    assert tex.errors == []


def test_a_formula_is_rendered_once_and_then_read(tmp_path, monkeypatch):
    first = render("$x_1$")
    monkeypatch.setattr(tex, "_ask", lambda request: pytest.fail("rendered again"))
    assert render("$x_1$") == first


@pytest.mark.parametrize("formula", [r"\frac{1", r"\nosuchcommand", r"x^2^3"])
def test_bad_tex_is_reported_with_its_formula(formula):
    page = render(f"So ${formula}$ it is.")
    assert "tex-error" in page
    (error,) = tex.errors
    assert formula in error


def test_dollars_in_code_and_money_are_no_formulas():
    assert "katex" not in render("`$x$` costs 5$ or 6$.")
