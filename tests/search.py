"""What the search box finds for the texts of queries.yml: `python tests/search.py site`."""

import argparse
import json
from pathlib import Path

import yaml
from visits import Visit, chromium, serve

QUERIES = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text(encoding="utf-8"))
TOP = 3

# The results as a reader sees them: pages, and the sections listed under each. Sections behind
# "more on this page" come back apart: they can be reached, but are not displayed.
RESULTS = """() => {
  const links = [...document.querySelectorAll("a.md-search-result__link")];
  const place = ({ href }) => decodeURIComponent(href.replace(/\\?[^#]*/, ""));
  const hidden = (link) => link.closest("details:not([open])") !== null;
  return [links.filter((link) => !hidden(link)), links.filter(hidden)]
    .map((some) => some.map(place));
}"""
SAID = "document.querySelector('.md-search-result__meta').textContent.trim()"


def first_sections(site: Path) -> dict[str, str]:
    """Return the section that each page begins with. Its answer is seen where the page opens."""
    pages, index = {}, site / "search" / "search_index.json"
    for entry in json.loads(index.read_text(encoding="utf-8"))["docs"]:
        page, _, section = entry["location"].partition("#")
        if section:
            pages.setdefault(page, entry["location"])
    return pages


def results(browser, address: str, queries: list[str]):
    """Type each query into the box; return the addresses displayed, and those folded away."""
    with Visit(browser, address, "") as visit:
        box = visit.tab.locator(".md-search__input")
        box.click()
        for query in queries:
            box.fill("")
            box.press("Backspace")  # the search listens to keys
            visit.until(f"/^Type to start/.test({SAID})")
            visit.tab.keyboard.insert_text(query)
            box.press("End")
            visit.until(f"/match/.test({SAID})")
            shown, folded = visit.tab.evaluate(RESULTS)
            cut = len(address)
            yield [place[cut:] for place in shown], [place[cut:] for place in folded]


def rank(shown: list[str], answers: list[str], first: dict[str, str]) -> int | None:
    """Return the place, from 1, of the first result that is an answer."""
    good = {*answers, *(page for page, section in first.items() if section in answers)}
    return next((place for place, result in enumerate(shown, 1) if result in good), None)


def ranks(browser, address: str, site: Path, half: str):
    """Return for each entry of a half: its query, the rank, the results, whether it is folded."""
    first, entries = first_sections(site), QUERIES[half]
    found = results(browser, address, [entry["query"] for entry in entries])
    for entry, (shown, folded) in zip(entries, found, strict=True):
        answers = entry["answers"]
        yield entry["query"], rank(shown, answers, first), shown, rank(folded, answers, first)


def score(found) -> tuple[int, int]:
    """Return how many queries have an answer within the first three, and how many there are."""
    places = [place for _, place, *_ in found]
    return sum(place is not None and place <= TOP for place in places), len(places)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="the folder of the built site")
    site = parser.parse_args().site
    with serve(site) as address, chromium() as browser:
        tuning = list(ranks(browser, address, site, "tuning"))
        print("query | rank | first three results")
        print("--- | --- | ---")
        for query, place, shown, folded in tuning:
            place = place or ("folded" if folded else "-")
            print(f"{query} | {place} | {', '.join(name or '/' for name in shown[:TOP])}")
        for half, found in (
            ("tuning", tuning),
            ("held_out", list(ranks(browser, address, site, "held_out"))),
        ):
            good, count = score(found)
            print(f"{half}: {good} of {count} within the first {TOP}, {good / count:.0%}")


if __name__ == "__main__":
    main()
