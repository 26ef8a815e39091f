"""Formulas, rendered at build."""

import html
import io
import json

import markdown
import pytest

from snippets.machine import cache
from snippets.mkdocs_site import finish, tex


@pytest.fixture(autouse=True)
def private(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(tex, "FORMULAS", tmp_path / "cache" / "formulas")


def render(text):
    extensions = ["tables", "pymdownx.arithmatex", "snippets.mkdocs_site.tex"]
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
    assert finish.problems(page) == []


def test_a_formula_is_rendered_once_and_then_read(monkeypatch):
    first = render("$x_1$")
    monkeypatch.setattr(tex, "_ask", lambda request: pytest.fail("rendered again"))
    assert render("$x_1$") == first


def test_another_katex_renders_again(tmp_path, monkeypatch):
    first = render("$x_1$")
    monkeypatch.setattr(tex, "version", lambda: "another")
    monkeypatch.setattr(tex, "_ask", lambda request: {"html": "<i>new</i>"})
    assert render("$x_1$") != first
    assert "<i>new</i>" in render("$x_1$")


@pytest.mark.parametrize("formula", [r"\frac{1", r"\nosuchcommand", r"x^2^3", r"a < \b{"])
def test_bad_tex_is_a_red_box_that_carries_the_problem_with_its_formula(formula):
    page = render(f"So ${formula}$ it is.")
    assert 'class="tex-error"' in page
    (problem,) = finish.problems(page)
    assert problem.startswith("a docstring or caption: KaTeX parse error")
    assert problem.endswith(f"(formula: {formula})")
    assert html.escape(problem) in page


def test_bad_tex_is_not_kept(tmp_path):
    render("$x$")  # creates the folder
    before = list(tex.FORMULAS.iterdir())
    render(r"$\nosuchcommand$")
    assert list(tex.FORMULAS.iterdir()) == before


def test_dollars_in_code_and_money_are_no_formulas():
    assert "katex" not in render("`$x$` costs 5$ or 6$.")


@pytest.fixture
def fresh():
    """Forget what this process knows of Node and KaTeX, before and after."""
    known = tex.version, tex.node

    def forget():
        for function in known:
            function.cache_clear()

    forget()
    yield
    forget()


def test_without_katex_the_error_names_the_command(tmp_path, monkeypatch, fresh):
    monkeypatch.setattr(tex, "KATEX", tmp_path / "node_modules" / "katex")
    with pytest.raises(RuntimeError, match="are not installed here: run `make install`"):
        tex.render("x", display=False)


def test_without_node_the_error_names_the_command(tmp_path, monkeypatch, fresh):
    monkeypatch.setattr(tex.shutil, "which", lambda name, path: None)
    with pytest.raises(RuntimeError, match="are not installed here: run `make install`"):
        tex.render("x", display=False)


def test_node_that_has_stopped_is_named_with_the_formula_and_started_anew(monkeypatch, fresh):
    node = tex.node()
    node.stdout.close()
    node.stdout = io.StringIO()  # as of a process that has ended
    with pytest.raises(RuntimeError, match=r'KaTeX stopped while it rendered .*"tex": "y_7"'):
        tex.render("y_7", display=False)
    node.stdin.close()
    node.wait()
    assert "katex" in tex.render("y_7", display=False)


def test_node_answers_each_line_with_one():
    request = {"tex": "a\nb", "display": True}
    assert "katex-display" in tex._ask(json.dumps(request))["html"]
