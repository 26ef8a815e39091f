"""The table of claims: every row has a verdict from a run, a number, and a derivation."""

import re
from collections import Counter

import pytest

from snippets.machine import prose
from snippets.machine.examples import DOCS, FOLDER

RECORDS = sorted((FOLDER / "claims").glob("*.out"))
VERDICTS = ("holds", "holds with a condition", "does not hold")


def table() -> list[list[str]]:
    """Return the cells of all rows: claim, verdict, what was measured, link."""
    lines = [line for record in RECORDS for line in record.read_text("utf-8").splitlines()]
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| claim")]
    return [row.strip("| ").split(" | ") for row in rows]


@pytest.mark.parametrize("row", table(), ids=lambda row: re.sub(r"<.*?>|[^\w ]", "", row[0])[:40])
def test_every_row_has_a_verdict_a_setting_a_number_and_a_derivation(row):
    _, verdict, setting, measured, link = row
    assert verdict in VERDICTS
    assert setting
    assert re.search(r"\d", measured)
    page, anchor = re.search(r"\]\((.+\.md)#(.+)\)", link).groups()
    text = (DOCS / page).read_text(encoding="utf-8")
    (here,) = [line for line in text.splitlines() if f'id="{anchor}"' in line]
    assert here.startswith("| ")


@pytest.mark.parametrize("number", range(1, 16))
def test_every_claim_of_the_thread_is_tried(number):
    (row,) = [row for row in table() if f"<span id='s{number}'></span>" in row[0]]
    page = re.search(r"\((.+\.md)#", row[4])[1]
    (lesson,) = [
        line
        for line in (DOCS / page).read_text(encoding="utf-8").splitlines()
        if f'id="claim-s{number}"' in line
    ]
    said = lesson.strip("| ").split(" | ")[1]
    assert said.startswith("Does not hold" if row[1] == "does not hold" else "Holds")


@pytest.mark.parametrize("number", range(1, 16))
def test_every_claim_of_the_thread_has_a_verdict_and_its_evidence(number):
    rows = [
        line
        for source in prose.pages()
        for line in source.read_text(encoding="utf-8").splitlines()
        if f'id="claim-s{number}"' in line
    ]
    (row,) = rows
    _, verdict, evidence = row.strip("| ").split(" | ")
    assert verdict.startswith(("Holds", "Does not hold"))
    assert re.search(r"`[a-z-]+/[a-z-]+`|derived above", evidence)


def test_the_answer_counts_the_verdicts():
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    count = Counter(row[1] for row in table())
    holds, condition, fails = (words[count[verdict]] for verdict in VERDICTS)
    said = f"{holds} hold as they stand, {condition} hold with a condition, and {fails} do not"
    page = " ".join((DOCS / "claims.md").read_text(encoding="utf-8").split())
    assert f"{said.capitalize()} hold." in page


def test_every_record_is_on_the_page():
    page = (DOCS / "claims.md").read_text(encoding="utf-8")
    for record in RECORDS:
        assert f"@snippet claims/{record.stem} table" in page
        assert f"@snippet claims/{record.stem} code" in page


def test_a_verdict_comes_from_comparisons_and_not_from_a_word():
    words = 'said = "does not hold", "holds with a condition", "holds"\n'
    for record in RECORDS:
        source = record.with_suffix(".py").read_text(encoding="utf-8")
        before, after = source.split(words)
        assert "said[any(held) + all(held)]" in after
        for verdict in VERDICTS:
            assert f'"{verdict}"' not in before + after
        assert "True" not in source
        assert "False" not in source
