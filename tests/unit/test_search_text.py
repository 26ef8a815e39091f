import pytest

from snippets.mkdocs_site import search, tex

OPEN, CLOSE = tex.OPEN, tex.CLOSE


def formula(source):
    """Return a formula as KaTeX writes it, as far as the search is concerned."""
    note = f'<annotation encoding="application/x-tex">{source}</annotation>'
    return f"{OPEN}<span><math><mi>drawn</mi>{note}</math></span><span>drawn</span>{CLOSE}"


@pytest.mark.parametrize(
    ("source", "typed"),
    [
        ("dW^{[1]}", "dW1"),
        (r"dW^{[2]} = \tfrac1m\, dZ^{[2]} A^{[1]\,T}", "dW2 = 1/m dZ2 A1 T"),
        (r"\ln 2", "ln 2"),
        (r"\sigma(0) = \frac12", "sigmoid(0) = 1/2"),
        (r"\underset{(n_x,\, 1)}{dw} = X A^T", "dw = X AT"),
        (r"\begin{aligned} Z &= W X \\ A &= g(Z) \end{aligned}", "Z = W X A = g(Z)"),
        (r"a < b", "a &lt; b"),
    ],
)
def test_a_formula_is_found_by_what_a_learner_types(source, typed):
    assert search.typed(source) == typed
    page = f"<p>So {formula(source.replace('&', '&amp;').replace('<', '&lt;'))} is it.</p>"
    assert search.for_search(page) == f"<p>So {typed} is it.</p>"


def test_figures_code_printouts_and_results_are_not_searched():
    page = (
        "<p>Before</p><svg><text>drawn</text></svg><pre><code>code</code></pre>"
        '<div class="example" id="table-a-b"><table><tr><td>0.5</td></tr></table>'
        "<p>33 of 33</p><table></table></div>"
        '<p class="example-head"><code>a/b.py</code><a>.py</a></p><summary>The code of it</summary>'
        "<table><tr><td>prose</td></tr></table><p><span class='a'>in a span</span>"
        '<a class="headerlink" href="#a">¶</a></p>'
    )
    assert search.for_search(page) == (
        "<p>Before</p><table><tr><td>prose</td></tr></table><p>in a span</p>"
    )


def test_the_words_of_readers_are_tags_of_their_section():
    page = '<h1 id="a">A</h1><p>One.</p><h2 id="b">B</h2><p>Two.</p><h2 id="c">C</h2>'
    entries = [{"location": place} for place in ["x/", "x/#b", "x/#c", "y/", "y/#b"]]
    search.add_words(entries, "x/", page, {"a": "kaiming & he", "b": "0.693"})
    assert entries == [
        {"location": "x/", "tags": ["kaiming & he"]},
        {"location": "x/#b", "tags": ["0.693"]},
        {"location": "x/#c"},
        {"location": "y/"},
        {"location": "y/#b"},
    ]


def test_words_for_a_section_that_is_not_there_are_refused():
    page = '<h1 id="a">A</h1><p>One.</p><h2 id="b">B</h2><p>Two.</p>'
    assert search.unknown("x.md", page, {"a": "", "c": "", "b": ""}) == [
        "docs/x.md: 'words' names no heading of the page: c"
    ]


def test_a_page_is_described_by_the_first_sentences_of_its_answer():
    text = f"At {formula('w = 0')} it <em>learns</em>.\nNo unit moves."
    page = f'<div class="answer">\n<p>{text}</p></div>'
    assert search.description(page) == "At w = 0 it learns. No unit moves."
    assert search.description(page, most=30) == "At w = 0 it learns."
    assert search.description(page, most=5) == "At w = 0 it learns."
    assert search.description("<p>No answer.</p>") == ""
    quoted = '<div class="answer"><p>Say <code>"zeros" &lt; 1</code>.</p></div>'
    assert search.description(quoted) == "Say &quot;zeros&quot; &lt; 1."
