"""The policy of each page of the built site."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest


class Scripts(HTMLParser):
    """Read a page as a browser does: its inline scripts, handlers and policies, in order."""

    def __init__(self, page):
        super().__init__()
        self.inline, self.handlers, self.policies, self.early = [], [], [], []
        self.reading = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        self.handlers += [name for name in attributes if name.startswith("on")]
        self.handlers += [value for value in attributes.values() if value.startswith("javascript:")]
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(attributes["content"])
        if tag in ("script", "link", "style", "img") and not self.policies:
            self.early.append(tag)
        runs = attributes.get("type", "") in ("", "module", "text/javascript")
        self.reading = tag == "script" and "src" not in attributes and runs
        if self.reading:
            self.inline.append("")

    def handle_data(self, data):
        if self.reading:
            self.inline[-1] += data

    def handle_endtag(self, tag):
        self.reading = False


@pytest.fixture(scope="module")
def read(built):
    paths = sorted(built.rglob("*.html"))
    assert len(paths) > 25
    return {str(p.relative_to(built)): Scripts(p.read_text(encoding="utf-8")) for p in paths}


def rules(page):
    (text,) = page.policies
    return {rule.split()[0]: rule.split()[1:] for rule in text.split(";")}


def hash_of(script):
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_every_page_has_one_policy_before_all_it_loads(read):
    for name, page in read.items():
        assert (len(page.policies), page.early) == (1, []), name


def test_the_policy_stands_behind_the_character_set_within_its_reach(built):
    for path in built.rglob("*.html"):
        assert b'<meta charset="utf-8"><meta http-equiv' in path.read_bytes()[:1024], path


def test_each_page_allows_its_own_inline_scripts_and_no_other(read):
    for name, page in read.items():
        assert page.inline, name
        assert rules(page)["script-src"] == ["'self'", *dict.fromkeys(map(hash_of, page.inline))]


def test_everything_else_is_this_site_or_nothing(read):
    for name, page in read.items():
        found = rules(page)
        assert found.pop("script-src")[0] == "'self'"
        assert found.pop("style-src") == ["'self'", "'unsafe-inline'"]
        assert found.pop("img-src") == ["'self'", "data:"]
        assert found.pop("default-src") == ["'none'"]
        assert {"base-uri", "form-action"} <= found.keys()
        assert {source for sources in found.values() for source in sources} <= {"'self'", "'none'"}
        assert page.handlers == [], name


def test_the_inline_scripts_are_the_three_of_the_theme_and_the_one_for_the_search(read):
    # One of them holds the way to the root, which differs by depth.
    scripts = {re.sub(r'URL\("[^"]*"', "URL(", s) for page in read.values() for s in page.inline}
    assert sorted(script.split("=")[0].split(":")[0] for script in scripts) == [
        "// Material asks for the search index at once",
        "__md_scope",
        "var palette",
        "var target",
    ]
