"""List what others may link to on a built site: `tests/permalinks.py [site] > permalinks.txt`.

A page or file a line, with the ids of a page behind it. What is listed must be found on every later
site: an id whose content moves stays where it was, as a line with a link to the new place.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

# The theme's own names carry hashes of their contents, that of the package its version.
NO_PROMISE = re.compile(r"assets/(javascripts|stylesheets|images)/|search/|sitemap\.xml|.*\.whl$")


class Ids(HTMLParser):
    """Collect the ids in the content of a page; those inside figures are no places."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.inside, self.figures = False, 0

    def handle_starttag(self, tag, attributes):
        self.inside |= tag == "article"
        self.figures += tag == "svg"
        if self.inside and not self.figures:
            self.found += [value for name, value in attributes if name == "id" and value]

    def handle_endtag(self, tag):
        self.figures -= tag == "svg"
        self.inside &= tag != "article"


def ids(page: Path) -> list[str]:
    parser = Ids()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser.found


def listed(site: Path) -> dict[str, list[str]]:
    """Return the ids of each page, and no ids for each other file, by its place on the site."""
    places = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {
        name: ids(path) if name.endswith(".html") else []
        for name, path in sorted(places.items())
        if not NO_PROMISE.match(name)
    }


if __name__ == "__main__":
    for name, found in listed(Path(*sys.argv[1:] or ["site"])).items():
        print(name, *found)
