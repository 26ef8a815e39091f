"""The search box of the built site, judged by what learners type (tests/queries.yml)."""

import json

import pytest
from search import QUERIES, ranks, results, score
from visits import Visit

SHARE = 0.9


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_nine_of_ten_queries_have_an_answer_within_the_first_three(browser, address, built, half):
    good, count = score(list(ranks(browser, address, built, half)))  # no query in the message
    assert good >= SHARE * count


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_each_answer_is_a_section_of_the_site(built, half):
    index = json.loads((built / "search" / "search_index.json").read_text(encoding="utf-8"))
    sections = {entry["location"] for entry in index["docs"]}
    assert {answer for entry in QUERIES[half] for answer in entry["answers"]} <= sections


@pytest.mark.parametrize("query", ["~fan_in", "LeCun_Normal", "he initialization +relu"])
def test_a_section_comes_before_the_beginnings_of_pages(browser, address, query):
    ((shown, _),) = results(browser, address, [query])
    assert shown[:2] == ["breaking-symmetry/", "breaking-symmetry/#xavier-or-he"]


def test_the_words_of_readers_are_searched_and_not_shown(browser, address):
    with Visit(browser, address, "") as visit:
        visit.tab.locator(".md-search__input").fill("glorot_normal")
        visit.tab.locator(".md-search-result__link").first.wait_for()
        assert "glorot_normal" not in visit.tab.locator(".md-search-result__list").inner_text()
