"""What pages embed, and the numbers in their prose."""

import pytest

from snippets.machine import prose
from snippets.machine.boxes import boxes
from snippets.machine.examples import Example
from snippets.machine.run import Result
from snippets.machine.verdict import DIFFERS, FAILED, OK, RUNNING, Verdict

PRINTED = "cost 0.64397\naccuracy 91.25%\nshare 0.346\nslope -0.4321\n"


def printed(text):
    return Result("", cells={"": [{"text": text}]} if text else {})


def found(verdicts):
    return list(prose.problems(verdicts, boxes()))


@pytest.fixture
def page(tmp_path, monkeypatch):
    docs = tmp_path / "docs"
    docs.mkdir()
    monkeypatch.setattr("snippets.machine.prose.DOCS", docs)
    monkeypatch.setattr("snippets.machine.labs.DOCS", docs)
    monkeypatch.setattr("snippets.machine.examples.FOLDER", tmp_path)
    monkeypatch.setattr("snippets.machine.examples.ROOT", tmp_path)
    (tmp_path / "page").mkdir()
    (tmp_path / "snippets").mkdir()
    (tmp_path / "page" / "one.py").write_text('"""One."""\nnum_iterations = 10_000\n')
    return docs / "page.md"


def problems(page, text, stdout=PRINTED):
    page.write_text(f"# Title\n\n@snippet page/one\n\n{text}\n", encoding="utf-8")
    return found({"page/one": Verdict(Example("page/one"), printed(stdout), OK)})


@pytest.mark.parametrize(
    "text",
    [
        "After 10,000 iterations.",
        "In 3 layers, `W1` and 2 units.",
        "```\n12345\n```",
        "~~~\n12345\n```\n0.75\n~~~",
        "See [the paper](https://example.org/1234/5678).",
        "$$ a_{12} $$",
        "So $W^{[2]}_{11}\\, a_1 < 10^{-12}$ holds.",
        "From -1 to 1, in layers 2-3, as in GPT-40.",
        "An <b class=x40>answer</b>, <https://example.org/40>.",
    ],
)
def test_numbers_that_an_example_gives_may_stand_in_prose(page, text):
    assert problems(page, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The cost stops at 0.645.", "0.645"),
        ("After 5,000 iterations.", "5,000"),
        ("So 92% are right.", "92"),
        ("In 10 layers.", "10"),
        ("A nudge of 1e-12 is enough.", "1e-12"),
        ("The value is $0.7$.", "0.7"),
        ("At 0.5 it stops.", "0.5"),
        ("    0.7 at the start of a line", "0.7"),
        ("The slope is -0.9876.", "0.9876"),
        ("The slope (-0.5) is 4.", "0.5"),
        ("The slope is $-0.9876$.", "0.9876"),
        ("Between 3-0.355 it is flat.", "0.355"),
        ("With a < 0.25 and b > 3.", "0.25"),
        ("No more than 1e400.", "1e400"),
        ("```x``` is 0.75.", "0.75"),
    ],
)
def test_a_number_that_no_example_gives_is_reported_with_its_line(page, text, number):
    (problem,) = problems(page, text)
    typed = f"{number}% is typed" if "%" in text else f"{number} is typed"
    whole = f"no example of this page has the number {number!r}"
    assert problem.startswith(
        (f"docs/page.md:5: {typed}: refer", f"docs/page.md:5: {whole}: print")
    )


def test_a_failing_example_is_not_reported_twice(page):
    page.write_text("# Title\n\n@snippet page/one\n\nIt is 4.25.\n", encoding="utf-8")
    verdict = Verdict(Example("page/one"), printed(""), FAILED)
    assert found({"page/one": verdict}) == []


def test_a_table_must_be_one(page):
    page.write_text("@snippet page/one code\n\n@snippet page/one table\n", encoding="utf-8")

    def judged(stdout):
        return found({"page/one": Verdict(Example("page/one"), printed(stdout), OK)})

    assert judged("| a |\n|---|\n| 1 |\n") == []
    assert judged("a 1\n") == ["docs/page.md:3: the printout of page/one is no Markdown table"]


def test_unknown_snippets_and_parts_and_unshown_snippets_are_reported(page):
    fenced = "```\n@snippet in/a-fence\n```\n\n"
    page.write_text(f"{fenced}@snippet page/on\n\n@snippet page/one pictures\n")
    verdict = Verdict(Example("page/one"), printed("x\n"), OK)
    said = found({"page/one": verdict})
    assert "docs/page.md:5: unknown example 'page/on'" in said
    assert any(p.startswith("docs/page.md:7: 'pictures' is no part of an example") for p in said)
    assert "snippets/page/one.py: no page shows its code (@snippet page/one)" in said
    assert len(said) == 3


def test_an_unknown_box_is_reported_with_its_line(page):
    (problem,) = problems(page, "@paste planer zeros")
    assert problem == "docs/page.md:5: unknown box 'planer zeros'; did you mean 'planar zeros'?"
    assert problems(page, "@paste planar zeros\n\n@paste planar check") == []
    assert problems(page, "```\n@paste planer zeros\n```") == []


PARTS = {
    "output": "page/one prints nothing, so it has no output to show",
    "figures": "page/one draws nothing, so it has no figures to show",
    "table": "the printout of page/one is no Markdown table",
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("status", [OK, DIFFERS, FAILED, RUNNING])
def test_a_part_that_an_example_does_not_have_is_reported_where_it_has_run(page, part, status):
    page.write_text(f"@snippet page/one code\n\n@snippet page/one {part}\n", encoding="utf-8")
    cells = {
        "": [{"alt": "A.", "caption": "", "svg": ""}] if part != "figures" else [{"text": "1\n"}]
    }
    verdict = Verdict(Example("page/one"), Result("", cells=cells), status)
    expected = [f"docs/page.md:3: {PARTS[part]}"] if status in (OK, DIFFERS) else []
    assert [p for p in found({"page/one": verdict}) if "docs/page.md:3" in p] == expected


@pytest.mark.parametrize(
    ("front", "line", "said"),
    [
        ("title: [a\n", 3, "the front matter is not YAML: "),
        ("- a\n", 1, "the front matter must be 'name: value' lines, got '- a'"),
        ("when: 2026-13-45\n", 1, "the front matter is not YAML: month must be in 1..12"),
    ],
)
def test_front_matter_that_would_be_published_as_text_is_reported(page, front, line, said):
    page.write_text(f"---\n{front}---\n\n# T\n\n@snippet page/one\n", encoding="utf-8")
    (problem,) = found({"page/one": Verdict(Example("page/one"), printed("x\n"), OK)})
    assert problem.startswith(f"docs/page.md:{line}: {said}")


def test_front_matter_without_an_end_is_reported(page):
    page.write_text("---\ntitle: T\n\n@snippet page/one\n", encoding="utf-8")
    (problem,) = found({"page/one": Verdict(Example("page/one"), printed("x\n"), OK)})
    assert problem == "docs/page.md:1: the front matter has no end, a line '---'"


def test_a_whole_number_in_prose_may_come_from_a_box(page):
    assert problems(page, "In layers of 64 units.\n\n@paste planar zeros") != []


def test_a_number_in_a_claim_is_in_the_code_or_the_printout(page):
    claim = "Started at {}, it ends at 0.644."
    for start, expected in (("0.01", []), ("0.02", ["0.02"])):
        source = f'"""{claim.format(start)}"""\nscale = 0.01\n'
        Example("page/one").path.write_text(source)
        said = problems(page, "Text.")
        assert said == [
            f"snippets/page/one.py: the claim says {number}, "
            "which neither the code nor the printout has"
            for number in expected
        ]
