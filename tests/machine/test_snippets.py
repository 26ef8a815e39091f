"""The examples of the site: all run, all as recorded, all shown."""

import pytest
from conftest import PATIENT

from snippets.machine import cache, examples, prose
from snippets.machine.verdict import check, known

SNIPPETS = examples.examples()


@pytest.fixture(scope="module")
def verdicts():
    """Judge all; what the site was built with, or will be, runs once for both."""
    with pytest.MonkeyPatch.context() as patch, cache.lock():
        patch.setattr(examples, "PATIENCE", PATIENT)
        patch.setenv("SYMBREAK_PATIENCE", str(PATIENT))
        return check(known().values(), again=True)


@pytest.mark.parametrize("name", SNIPPETS)
def test_snippet_gives_what_is_recorded(name, verdicts):
    assert verdicts[name].holds, verdicts[name].message


def test_there_are_snippets_and_each_was_executed(verdicts):
    assert len(SNIPPETS) > 0
    assert set(verdicts) == set(known()) > set(SNIPPETS)
    assert all(verdict.result.stdout or verdict.result.figures for verdict in verdicts.values())


def test_pages_and_snippets_fit_each_other(verdicts):
    assert prose.judge(verdicts)[1] == []
