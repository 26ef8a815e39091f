"""One judgement for every example: what may be published, and what a page can show of it."""

import dataclasses

import pytest

from snippets.machine import examples, labs, record, run, verdict
from snippets.machine.examples import Example
from snippets.machine.labs import Lab
from snippets.machine.run import Result
from snippets.machine.verdict import (
    DIFFERS,
    FAILED,
    OK,
    RECORDED,
    RUNNING,
    STALE,
    UNRECORDED,
    Verdict,
)

FIGURE = {"alt": "A line.", "caption": "", "size": [4, 3], "svg": "<svg/>", "summary": "axes"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder of examples with one of them, page/one."""
    for module in (examples, labs, record, run):
        for constant in ("FOLDER", "ROOT", "DOCS"):
            monkeypatch.setattr(module, constant, tmp_path, raising=False)
    monkeypatch.setattr(examples, "EXECUTORS", ())
    monkeypatch.setattr(run, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(run, "INTERRUPTED", {})
    monkeypatch.setattr("snippets.machine.cache.CACHE", tmp_path / "cache")
    write(tmp_path, "page/one.py", '"""One."""\n')
    return tmp_path


@pytest.fixture
def runs_nothing(monkeypatch):
    def start():
        raise AssertionError("a runner was started")

    monkeypatch.setattr(run, "Runner", start)


def write(folder, name, text=""):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def printed(text, *figures, key=""):
    return Result(key, cells={"": [{"text": text}, *figures]})


def test_a_verdict_cannot_be_changed():
    found = Verdict(Example("page/one"), Result(""), OK)
    for field in ("status", "message", "result", "other"):
        with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
            setattr(found, field, "")


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (Result("", error="NameError: x"), "NameError: x"),
        (Result(""), "it prints nothing and draws nothing"),
        (printed(" \n"), "it prints nothing and draws nothing"),
        (printed("1\n", FIGURE | {"alt": ""}), "figure 1 has no alt text"),
        (printed("1\n", FIGURE, FIGURE | {"alt": "", "caption": "B."}), "figure 2 has no alt text"),
        (printed("1\n", FIGURE, FIGURE), "two figures share the claim as caption"),
    ],
)
def test_an_example_fails_that_cannot_be_published(folder, result, message):
    write(folder, "page/one.out", "1\n")
    found = verdict.judge(Example("page/one"), result)
    assert found.status == FAILED and not found.holds
    assert message in found.message
    if not result.error:
        assert found.message.startswith("snippets/page/one.py: ")


def test_an_example_without_a_claim_fails(folder):
    write(folder, "page/two.py", "print(1)\n")
    found = verdict.judge(Example("page/two"), printed("1\n"))
    assert (found.status, "must state the claim" in found.message) == (FAILED, True)


def test_a_lab_fails_where_a_figure_has_no_alt_text_and_the_cell_is_named(folder):
    write(folder, "labs/one.py", "# %% [markdown]\n# # One\n\n# %% draw\n1\n")
    lab = Lab("labs/one")
    found = verdict.judge(lab, Result("", cells={"draw": [FIGURE, FIGURE | {"alt": ""}]}))
    assert found.status == FAILED
    assert "docs/labs/one.py: cell 'draw': figure 2 has no alt text" in found.message
    found = verdict.judge(lab, Result("", cells={"draw": [FIGURE, FIGURE]}))
    assert found.status == UNRECORDED  # in a lab, a figure needs no caption


def test_an_example_is_unrecorded_then_ok_then_differs(folder):
    one = Example("page/one")
    found = verdict.judge(one, printed("1\n"))
    assert found.status == UNRECORDED and not found.holds
    assert "python -m snippets --update page/one" in found.message
    write(folder, "page/one.out", "1\n")
    found = verdict.judge(one, printed("1\n"))
    assert found.status == OK and found.holds and found.message == ""
    found = verdict.judge(one, printed("2\n"))
    assert found.status == DIFFERS and not found.holds
    assert "-1\n+2" in found.message


@pytest.mark.parametrize("status", [OK, DIFFERS, FAILED, UNRECORDED, RECORDED, STALE, RUNNING])
def test_only_what_was_checked_or_recorded_may_be_published(status):
    found = Verdict(Example("page/one"), Result(""), status)
    assert found.holds == (status in (OK, RECORDED, STALE))


def test_every_example_gets_a_verdict(folder, monkeypatch):
    write(folder, "page/two.py", '"""Two."""\n')
    asked = []

    def run_all(chosen, **options):
        asked.append(([example.name for example in chosen], options))
        return {"page/one": printed("1\n"), "page/two": Result("", error="NameError: x")}

    monkeypatch.setattr(run, "bring_up_to_date", run_all)
    chosen = (Example(name) for name in ("page/one", "page/two"))
    found = verdict.check(chosen, again=True, report=print)
    assert {name: v.status for name, v in found.items()} == {
        "page/one": UNRECORDED, "page/two": FAILED
    }  # fmt: skip
    assert asked == [(["page/one", "page/two"], {"again": True, "report": print})]


# Without running anything -------------------------------------------------------------------------


def look(name="page/one"):
    return verdict.look([Example(name)])[name]


def keep(example, **fields):
    run.store(example, Result(example.key(), **fields))


def test_what_has_no_result_shows_its_record_and_is_not_checked(folder, runs_nothing):
    found = look()
    assert (found.status, found.holds, found.result.stdout) == (RUNNING, False, "")
    write(folder, "page/one.out", "1\n\n--- figure 1, 4 x 3 ---\nalt: A line.\naxes\n")
    found = look()
    assert (found.status, found.holds, found.result.stdout) == (RUNNING, False, "1\n")
    assert [figure["size"] for figure in found.result.figures] == [[4, 3]]


def test_a_kept_result_is_judged(folder, runs_nothing):
    keep(Example("page/one"), cells={"": [{"text": "1\n"}]})
    assert look().status == UNRECORDED
    write(folder, "page/one.out", "1\n")
    assert look().status == OK
    write(folder, "page/one.py", '"""One, edited."""\n')
    assert look().status == RUNNING
    keep(Example("page/one"), error="NameError: x")
    assert (look().status, look().message) == (FAILED, "NameError: x")


def test_an_interruption_is_shown_until_the_example_is_edited(folder, runs_nothing):
    run.note("page/one", "It was ended from outside, by SIGKILL.")
    found = look()
    assert found.status == FAILED
    assert found.message == "It was ended from outside, by SIGKILL."
    write(folder, "page/one.py", '"""One, edited."""\n')
    assert look().status == RUNNING


def test_a_check_does_not_take_an_interruption_for_a_result(folder, monkeypatch):
    started = []

    def start():
        started.append("runner")
        raise RuntimeError("enough")

    monkeypatch.setattr(run, "Runner", start)
    run.note("page/one", "It was ended from outside, by SIGKILL.")
    with pytest.raises(RuntimeError, match="enough"):
        verdict.check([Example("page/one")])
    assert started == ["runner"]


def test_what_cannot_run_here_is_judged_as_it_was_kept_whoever_asks(
    folder, runs_nothing, monkeypatch
):
    monkeypatch.delenv("SYMBREAK_BEES", raising=False)
    write(folder, "page/bees.py", '"""Bees."""\n# data: SYMBREAK_BEES\n')
    write(
        folder,
        "page/bees.json",
        '{"stamp": "none", "modules": [], "cells": {"": [{"text": "1\\n"}]}}',
    )
    write(folder, "page/bees.out", "1\n")
    (checked,) = verdict.check([Example("page/bees")]).values()
    assert checked == look("page/bees")
    assert (checked.status, checked.holds) == (STALE, True)


# What a page can show -----------------------------------------------------------------------------


def test_a_verdict_says_which_part_an_example_lacks():
    def lacks(part, *outputs):
        result = Result("", cells={"": list(outputs)} if outputs else {})
        return Verdict(Example("page/one"), result, OK).lacks(part)

    text, table = {"text": "1\n"}, {"text": "| a |\n|---|\n| 1 |\n"}
    assert lacks("code") == lacks("output", text) == lacks("figures", FIGURE) == ""
    assert lacks("table", table) == ""
    assert lacks("output", FIGURE) == "page/one prints nothing, so it has no output to show"
    assert lacks("figures", text) == "page/one draws nothing, so it has no figures to show"
    assert lacks("table", text) == "the printout of page/one is no Markdown table"
    parts = "code, output, figures, table"
    assert lacks("holds", text) == f"'holds' is no part of an example; the parts are {parts}"


def test_all_examples_and_labs_are_known():
    found = verdict.known()
    assert set(found) == set(examples.examples()) | set(labs.labs())
    assert isinstance(found["labs/planar"], Lab) and not isinstance(found["zero-init/tanh"], Lab)
