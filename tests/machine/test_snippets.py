"""The examples of the site: all run, all as recorded, all shown."""

from collections import Counter

import pytest

from snippets.machine import examples, prose
from snippets.machine.verdict import check, known

SNIPPETS = examples.examples()


@pytest.fixture(scope="module")
def verdicts():
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


def test_every_lesson_shows_executed_code():
    embeds = [embed for page in prose.pages() for embed in prose.embeds(page)]
    shown = Counter(embed.name.split("/")[0] for embed in embeds)
    folders = Counter(name.split("/")[0] for name in SNIPPETS)
    assert all(shown[page] >= count for page, count in folders.items())
