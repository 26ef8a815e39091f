import markdown

from snippets.mkdocs_site.glossary import makeExtension

WORDS = {
    "He": "randn times a root",
    "dead unit": "gives 0 for every sample",
    "unit": "one row of W",
    "plateau": "hardly falls",
}


def html(text):
    return markdown.markdown(text, extensions=[makeExtension(**WORDS), "tables"])


def explained(word, meaning):
    return f'<abbr tabindex="0" title="{meaning}">{word}</abbr>'


def test_the_first_use_is_explained_and_no_other():
    unit, plateau = explained("unit", WORDS["unit"]), explained("Plateau", WORDS["plateau"])
    assert html("Each unit, *every* unit.\n\nPlateau and plateau, unit.") == (
        f"<p>Each {unit}, <em>every</em> unit.</p>\n<p>{plateau} and plateau, unit.</p>"
    )


def test_a_name_is_no_other_word_and_a_sentence_may_begin_with_a_word():
    assert "<abbr" not in html("he")
    assert html("He and he") == f"<p>{explained('He', WORDS['He'])} and he</p>"


def test_a_plural_is_explained_and_the_longer_word_goes_first():
    dead, unit = explained("dead units", WORDS["dead unit"]), explained("units", WORDS["unit"])
    assert html("Of *all* dead units, units.") == f"<p>Of <em>all</em> {dead}, {unit}.</p>"


def test_headings_links_code_and_other_words_are_left_alone():
    for text in ("# A unit", "[A unit](x.md)", "`unit`", "community", "    unit", "reunite it"):
        assert "<abbr" not in html(text)
    table = html("| unit |\n|---|\n| unit |")
    assert "<th>unit</th>" in table and f"<td>{explained('unit', WORDS['unit'])}</td>" in table


def test_each_page_starts_anew():
    md = markdown.Markdown(extensions=[makeExtension(**WORDS)])
    first = md.convert("A unit.")
    assert "<abbr" in first and md.reset().convert("A unit.") == first
