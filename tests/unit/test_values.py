"""Numbers in prose that refer to what an example keeps."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from snippets.machine import record, run, values, verdict
from snippets.machine.examples import Example

KEPT = {
    "cost": 0.6439,
    "n": 400,
    "share": 0.9083,
    "small": -0.0001,
    "tiny": 1.5e-12,
    "costs": [0.693, 0.65, 0.6439],
    "W1": [[0.5, -1.25], [0.25, 3.0]],
    "rates": {"tanh": [0.1, 0.2], "4 tied units": 0.845},
    "mixed": [None, 2.5],
}


def reference(text, folder="page"):
    (found,) = values.references(text, folder, "docs/page.md")
    return found


def shown(value, form):
    return values.written(reference(f"{{=one {value} {form}}}"), KEPT)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("cost", ".3f", "0.644"),
        ("cost", ".1%", "64.4%"),
        ("n", "d", "400"),
        ("n", ".1f", "400.0"),
        ("share", ".0%", "91%"),
        ("small", ".3f", "0.000"),  # zero has no sign
        ("small", "+.4f", "-0.0001"),
        ("cost", "+.1f", "+0.6"),
        ("tiny", ".1e", "1.5e-12"),
        ("costs[-1]", ".2f", "0.64"),
        ("costs[0]", ".3f", "0.693"),
        ("W1[0, 1]", ".2f", "-1.25"),
        ("W1[1][0]", ".2f", "0.25"),
        ("W1[1,1]", "d", "3"),
        ("rates[tanh][1]", ".1f", "0.2"),
        ("rates[4 tied units]", ".1%", "84.5%"),
        ("mixed[1]", ".1f", "2.5"),
    ],
)
def test_a_value_is_written_in_its_format(value, form, text):
    assert shown(value, form) == text


def test_a_large_number_has_separators():
    kept = {"n": 10_000, "cost": 12_345.6}
    assert values.written(reference("{=one n ,d}"), kept) == "10,000"
    assert values.written(reference("{=one cost ,.1f}"), kept) == "12,345.6"


@pytest.mark.parametrize(
    ("value", "form", "message"),
    [
        ("cots", ".3f", "page/one keeps no 'cots'; it keeps cost, n, share"),
        ("costs", ".3f", "costs of page/one is a list of 3: add an index"),
        ("costs[3]", ".3f", "costs is a list of 3, and has no entry '3'"),
        ("costs[tanh]", ".3f", "costs is a list of 3, and has no entry 'tanh'"),
        ("W1[0]", ".3f", r"W1\[0\] of page/one is a list of 2: add an index"),
        ("cost[0]", ".3f", "cost is a number, and has no entry '0'"),
        ("rates[relu]", ".3f", "rates has no entry 'relu'; it has tanh, 4 tied units"),
        ("rates", ".3f", "rates of page/one is a table of tanh, 4 tied units: add an index"),
        ("mixed[0]", ".3f", r"mixed\[0\] of page/one is no number"),
        ("cost", "d", "cost of page/one is 0.6439, and 'd' is for integers"),
    ],
)
def test_what_cannot_be_shown_is_named(value, form, message):
    with pytest.raises(ValueError, match=message):
        shown(value, form)


def test_a_value_that_is_not_finite_has_no_digits():
    kept = {"cost": math.nan}
    assert values.written(reference("{=one cost .3f}"), kept) == "nan"
    with pytest.raises(ValueError, match="'d' is for integers"):
        values.written(reference("{=one cost d}"), kept)


def test_a_reference_knows_its_place_and_the_example_of_its_page():
    text = "# T\n\nAt {=one cost .3f} and {=other/two n d}.\n\n```\n{=one cost .3f}\n```\n"
    first, second = values.references(text, "page", "docs/page.md")
    assert (first.example, first.key, first.place) == ("page/one", "cost .3f", "docs/page.md:3")
    assert (second.example, second.key) == ("other/two", "n d")


@pytest.mark.parametrize(
    "typed", ["{=one cost}", "{=one .3f}", "{=cost}", "{=one cost .3}", "{=one cost %}", "{=}"]
)
def test_what_is_not_of_the_form_names_no_example(typed):
    found = reference(f"It is {typed}.")
    assert (found.example, found.source) == ("", typed)


def test_a_reference_without_its_end_does_not_swallow_the_next():
    first, second = values.references("{=one cost .3f, and {=one x .3f}", "page", "docs/page.md")
    assert (first.example, second.example) == ("", "page/one")


@pytest.mark.parametrize("begun", ["{=one", "{=one cost", "{=one cost .3f"])
def test_a_reference_that_does_not_end_in_its_line_is_named_not_published_as_it_is(begun):
    found = reference(f"It is {begun}\n cost .3f}}, I think.")
    assert (found.example, found.source, found.place) == ("", begun, "docs/page.md:1")
    assert values.replace(begun, "page", lambda _: NUMBERS) == begun


NUMBERS = {"cost .3f": "0.644", "share .1%": "90.8%", "n ,d": "10,000", "tiny .1e": "1.5e-12"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# At {=one cost .3f}", "# At 0.644"),
        ("**{=one cost .3f}** and `{=one share .1%}`", "**0.644** and `{=one share .1%}`"),
        ("| a | {=one n ,d} |", "| a | 10,000 |"),
        ("So $A = {=one share .1%}$.", r"So $A = 90.8\%$."),
        ("So $n = {=one n ,d}$, {=one n ,d}.", "So $n = 10{,}000$, 10,000."),
        ("$$\nJ = {=one tiny .1e}\n$$", "$$\nJ = 1.5 \\cdot 10^{-12}\n$$"),
        ("Costs \\$5 and {=one n ,d}, \\$6", "Costs \\$5 and 10,000, \\$6"),
        ("{=two cost .3f} {=one cost .2f}", "{=two cost .3f} {=one cost .2f}"),  # reported
        ("~~~\n{=one cost .3f}\n~~~\n", "~~~\n{=one cost .3f}\n~~~\n"),
    ],
)
def test_numbers_stand_in_place_of_references(text, expected):
    known = {"page/one": NUMBERS}
    assert values.replace(text, "page", lambda name: known.get(name, {})) == expected


def test_numbers_and_small_arrays_are_kept_by_their_names():
    class Own:
        pass

    names = {
        "cost": np.float64(0.25),
        "n": np.int64(4),
        "W1": np.array([[0.5, 1], [2, 3]]),
        "runs": {0.1: np.array([1.0]), "tanh": (1, "text")},
        "large": np.zeros(run.MANY_NUMBERS + 1),
        "long": list(range(run.MANY_NUMBERS + 1)),
        "yes": True,
        "word": "zeros",
        "own": Own(),
        "type": np.float64,
        "empty": [],
        "_hidden": 1,
        "shape": np.array(["a"]),
        "kind": np.float64,
        "whole": np.arange(3),
    }
    assert run._values(names) == {
        "cost": 0.25,
        "n": 4,
        "W1": [[0.5, 1.0], [2.0, 3.0]],
        "runs": {"0.1": [1.0], "tanh": [1, None]},
        "whole": [0, 1, 2],
    }


def test_what_refers_to_itself_ends():
    loop = [1.0]
    loop.append(loop)
    assert run._values({"loop": loop})["loop"][0] == 1.0


FORMS = {".1f": 0.1, ".3f": 1e-3, ".1%": 1e-3, ".0%": 0.01, "d": 1, ",d": 1, "+.2f": 0.01}


@given(st.floats(-500, 500), st.sampled_from(sorted(FORMS)), st.sampled_from([-2, 2]))
def test_a_value_that_moves_by_two_units_of_its_last_digit_is_named_with_its_pages(
    tmp_path_factory, value, form, units
):
    value = round(value) if form.endswith("d") else value
    steps = value / FORMS[form]
    assume(abs(steps % 1 - 0.5) > 1e-6)  # a tie: its neighbors may round to each other
    root = tmp_path_factory.getbasetemp()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("snippets.machine.examples.FOLDER", root)
        patch.setattr("snippets.machine.record.ROOT", root)
        (root / "page").mkdir(exist_ok=True)
        (root / "page/one.py").write_text('"""One."""\n')
        asked = list(values.references(f"At {{=one cost {form}}}.", "page", "docs/page.md"))

        def judged(cost):
            result = run.Result("", cells={"": [{"text": "a\n"}]}, values={"cost": cost})
            return verdict.judge(Example("page/one"), result, asked)

        first = judged(value)
        record.write(first.example, first.result, values.numbers(asked, {"cost": value}))
        assert judged(value).status == verdict.OK
        moved = judged(value + units * FORMS[form])
        assert moved.status == verdict.DIFFERS
        assert f"+cost {form}: " in moved.message
        assert moved.message.endswith("\nshown at docs/page.md:1")
