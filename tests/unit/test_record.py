"""The comparison of a result with its record."""

import pytest

from snippets.machine import record
from snippets.machine.examples import Example
from snippets.machine.labs import Lab
from snippets.machine.run import Result
from snippets.machine.verdict import known

KNOWN = known()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("W1 = [[ 0.1000]]", "W1 = [[0.1000]]"),  # blanks collapse
        ("b2 = -0.0000", "b2 = 0.0000"),
        ("cost 0.6931", "cost 0.6932"),  # one unit of the last digit
        ("sum 123456.7", "sum 123456.8"),
        ("growth 1.00e-12", "growth 1.01e-12"),
        ("right 91%", "right 90%"),  # a whole percentage is measured, not counted
    ],
)
def test_lines_within_the_rule_agree(old, new):
    assert record.agree(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cost 0.6931", "cost 0.6933"),
        ("cost 0.6931", "cost 0.69325"),
        ("400 samples", "401 samples"),
        ("4 units", "4.0 units"),
        ("rows equal", "rows differ"),
        ("cost 0.6931", "cost -0.6931"),
        ("norm 20000000.00", "norm 20000000.02"),
        ("right 91%", "right 89%"),
        ("right 90.8%", "right 90.5%"),
        ("W1[0] = 0.5", "W2[0] = 0.5"),
        ("a 0.1 0.2", "a 0.1"),
        ("growth 1.00e-12", "growth 1.00e-11"),
    ],
)
def test_lines_outside_the_rule_differ(old, new):
    assert not record.agree(old, new)


def test_what_a_figure_draws_may_differ_by_more_than_what_is_printed():
    assert record.agree("y last 0.70 of 400", "y last 0.74 of 400", slack=0.05)
    assert not record.agree("y last 0.70 of 400", "y last 0.74 of 401", slack=0.05)
    assert not record.agree("y last 0.70", "y last 0.76", slack=0.05)
    assert record.agree("norm 20000000.00", "norm 20000019.00", slack=0)  # relative 1e-6
    assert not record.agree("norm 20000000.00", "norm 20000021.00", slack=0)


def printed(text):
    return Result("", cells={"": [{"text": text}]})


@pytest.fixture
def example(tmp_path, monkeypatch):
    monkeypatch.setattr("snippets.machine.examples.FOLDER", tmp_path)
    monkeypatch.setattr("snippets.machine.record.ROOT", tmp_path)
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "one.py").write_text('"""One."""\n')
    return Example("page/one")


def test_a_difference_shows_only_the_lines_that_do_not_agree(example):
    record.write(example, printed("a 0.10\nb 0.20\nc 0.30\n"), {})
    diff = record.difference(example, printed("a 0.11\nb 0.29\nc 0.30\n"), {})
    changed = [line for line in diff.splitlines() if line[0] in "+-" and line[:3] not in "---+++"]
    assert changed == ["-b 0.20", "+b 0.29"]


def test_an_added_line_is_a_difference_and_does_not_hide_the_others(example):
    record.write(example, printed("a 0.10\nb 0.20\n"), {})
    diff = record.difference(example, printed("new 5\na 0.11\nb 0.20\n"), {})
    assert "+new 5" in diff
    assert "-a 0.10" not in diff


def test_no_record_is_no_agreement(example):
    assert record.difference(example, printed("a\n"), {}) is None


def test_a_figure_that_drifts_is_a_difference(example):
    def result(mean, alt="A line."):
        summary = f"axes 1\n  line: mean {mean}"
        figure = {"alt": alt, "caption": "", "size": [4, 3], "svg": "", "summary": summary}
        return Result("", cells={"": [{"text": "a 1\n"}, figure]})

    record.write(example, result("0.500"), {})
    assert record.difference(example, result("0.501"), {}) == ""
    assert "+  line: mean 0.503" in record.difference(example, result("0.503"), {})
    assert "+alt: Another." in record.difference(example, result("0.500", alt="Another."), {})


def test_writing_a_record_again_changes_only_the_lines_that_do_not_agree(example):
    record.write(example, printed("a 0.10\nb 0.20\n"), {})
    record.write(example, printed("a 0.11\nb 0.29\nc 1\n"), {})
    assert example.record.read_text() == "a 0.10\nb 0.29\nc 1\n"


def test_the_tolerance_that_an_example_states_is_for_its_figures_alone(example):
    def result(printed, drawn):
        figure = FIGURE | {"alt": f"Up to {drawn}.", "summary": f"axes 1\n  line: max {drawn}"}
        return Result("", cells={"": [{"text": printed}, figure]})

    example.path.write_text("# tolerance: 0.05 in figures because of noise\n")
    record.write(example, result("a 0.10\n", "0.20"), {})
    diff = record.difference(example, result("a 0.10\n", "0.24"), {})
    assert "+alt: Up to 0.24." in diff and "+  line" not in diff
    assert "+a 0.14" in record.difference(example, result("a 0.14\n", "0.20"), {})
    record.write(example, result("a 0.14\n", "0.26"), {})
    assert "a 0.14" in example.record.read_text() and "max 0.26" in example.record.read_text()


FIGURE = {"alt": "A line.", "caption": "", "size": [4, 3], "svg": "", "summary": "axes 1\n  line"}


def test_a_record_is_read_back_as_it_was_written(example):
    assert record.shown(example, Result("")) == (Result(""), {})
    second = FIGURE | {"alt": "Another.", "caption": "It grows."}
    for outputs in ([{"text": "a 1\n\nb 2\n"}, FIGURE, second], [FIGURE], [{"text": "a 1\n"}]):
        result = Result("", cells={"": outputs})
        for numbers in ({}, {"costs[-1] .3f": "0.644", "n d": "4", "left[b: zero] d": "1"}):
            record.write(example, result, numbers)
            assert record.shown(example, Result("")) == (result, numbers)


def test_what_is_shown_has_the_digits_of_the_record_and_the_drawing_of_the_run(example):
    def result(last):
        figure = FIGURE | {"alt": f"Ends at {last}.", "caption": f"At {last}.", "svg": f"<{last}>"}
        return Result("", cells={"": [{"text": f"cost {last}\n"}, figure]})

    record.write(example, result("0.644"), {"cost .3f": "0.644"})
    here, numbers = result("0.645"), {"cost .3f": "0.645"}
    assert record.difference(example, here, numbers) == ""
    shown, numbers = record.shown(example, here)
    assert shown.stdout == "cost 0.644\n" and numbers == {"cost .3f": "0.644"}
    (figure,) = shown.figures
    assert (figure["alt"], figure["caption"]) == ("Ends at 0.644.", "At 0.644.")
    assert figure["svg"] == "<0.645>"


def test_a_record_with_marks_of_a_merge_differs(example):
    record.write(example, printed("a\n"), {"n d": "4"})
    with example.record.open("a") as file:
        file.write("=======\nn d: 5\n>>>>>>> other\n")
    assert "+n d: 4" in record.difference(example, printed("a\n"), {"n d": "4"})


def test_a_number_of_the_prose_is_compared_as_it_is_shown(example):
    result = printed("a\n")
    record.write(example, result, {"cost .3f": "0.644", "n d": "4"})
    for numbers in ({"cost .3f": "0.645", "n d": "4"}, {"n d": "4"}, {}):
        assert record.difference(example, result, numbers) == ""
    assert "+cost .3f: 0.646" in record.difference(example, result, {"cost .3f": "0.646"})
    assert "+n d: 5" in record.difference(example, result, {"n d": "5"})
    assert "+share .1%: 8.0%" in record.difference(example, result, {"share .1%": "8.0%"})
    record.write(example, result, {"cost .3f": "0.646", "share .1%": "8.0%"})
    assert record.shown(example, result)[1] == {"cost .3f": "0.646", "share .1%": "8.0%"}


@pytest.mark.parametrize("name", KNOWN)
def test_every_record_is_read_back_as_it_stands(name):
    example = KNOWN[name]
    whole = example.record.read_text(encoding="utf-8")
    whole = whole.partition(f"\n{record.NUMBERS}\n")[0]
    published = whole.partition(", answered ===")[0]
    if isinstance(example, Lab):
        published = published.rpartition("\n\n=== ")[0] + "\n"
    assert record.text(example, record.shown(example, Result(""))[0]) == published
