"""What a browser may load and run on a page, and that it needs no more."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from visits import Visit

from snippets.mkdocs_site import policy

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
PAGES = ("", "zero-init/", "logistic/", "playground/", "labs/planar/", "api/", "404.html")


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


def test_a_page_without_a_character_set_is_refused():
    with pytest.raises(ValueError, match="a page needs <meta charset"):
        policy.protect("<html><head></head></html>")


def test_a_changed_script_changes_the_policy():
    def protected(script):
        return META.search(policy.protect(f'<meta charset="utf-8"><script>{script}</script>'))[1]

    assert hash_of("one") in protected("one")
    assert hash_of("one") not in protected("two")


# What a page must not contain -----------------------------------------------------------------

FORBIDDEN = {
    "an image of another host": ('<img src="https://host/a.png">', '<img src="https://host/a.png">'),
    "one without a scheme": ("<img alt='' src=//host/a.png>", '<img src="//host/a.png">'),
    "one in capitals": ('<IMG SRC="HTTPS://host/a.png">', '<img src="HTTPS://host/a.png">'),
    "the only one of a set": ('<img srcset="//host/a.png 2x">', '<img srcset="//host/a.png 2x">'),
    "another one of a set": (
        '<img src="a.png" srcset="a.png 1x, https://host/a.png 2x">',
        '<img srcset="a.png 1x, https://host/a.png 2x">',
    ),
    "a source of a picture": (
        '<picture><source srcset="https://host/a.webp"><img src="a.png"></picture>',
        '<source srcset="https://host/a.webp">',
    ),
    "a poster": ('<video poster="https://host/a.png"></video>', "<video poster="),
    "a script": ('<script src="https://host/a.js"></script>', '<script src="https://host/a.js">'),
    "a frame": ('<iframe src="page.html"></iframe>', "<iframe>"),
    "an object": ('<object data="a.svg"></object>', "<object>"),
    "an embedded file": ('<embed src="a.pdf">', "<embed>"),
    "a style sheet of another host": (
        '<link rel="stylesheet" href="https://h/a.css">', '<link href="https://h/a.css">'
    ),
    "a base": ('<base href="https://host/">', "<base>"),
    "a form that is sent": ('<form action="/send"></form>', "<form action>"),
    "a handler": ('<p onclick="go()">a</p>', "<p onclick>"),
    "a handler in capitals": ('<img src="a.png" ONERROR = "go()">', "<img onerror>"),
    "a script as an address": ('<a href="javascript:go()">a</a>', '<a href="javascript:">'),
    "one with blanks": ('<a href=" JavaScript:go()">a</a>', '<a href="javascript:">'),
    "a drawing of another host": (
        '<svg><use href="https://host/a.svg#b"/></svg>', '<use href="https://host/a.svg#b">'
    ),
    "one by its old name": (
        '<svg><image xlink:href="//host/a.png"/></svg>', '<image xlink:href="//host/a.png">'
    ),
}  # fmt: skip
CURES = ("docs/assets", "in the page itself", "nobody to send it to")


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_what_the_policy_would_refuse_is_named_with_a_cure(kind):
    content, named = FORBIDDEN[kind]
    found = policy.forbidden(f"<p>Before</p>{content}<p>After</p>")
    assert any(problem.startswith(named) for problem in found), found
    for problem in found:
        assert "is not admitted by the policy of the published page; " in problem
        assert problem.endswith(CURES)
    assert policy.forbidden(2 * content) == found  # each once


ADMITTED = {
    "links to other hosts": '<a href="https://host/">a</a> <a href="//host/">b</a>',
    "a link by mail": '<a href="mailto:a@b">a</a>',
    "images of this site": '<img src="../assets/a.png" srcset="a.png 1x, b.png 2x">',
    "an image in the page": '<img src="data:image/png;base64,AAAA//AA">',
    "a part of the same drawing": '<svg><use href="#a"/><use xlink:href="#b" x="1"/></svg>',
    "an image in a drawing": '<svg><image xlink:href="data:image/png;base64,AA"/></svg>',
    "the names of a drawing": '<svg xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0"></svg>',
    "a form of the page": '<form class="pg"><input name="seed" value="3"></form>',
    "a style sheet of this site": '<link rel="stylesheet" href="../assets/a.css">',
    "a script of this site": '<script src="../assets/a.js"></script>',
    "code that speaks of it": "<code>&lt;iframe src=&quot;//host&quot;&gt; onload = 1</code>",
    "words that speak of it": "<p>javascript: and on top = 1 and <code>src=//a</code></p>",
    "a figure": '<svg role="img" aria-label="on one = two"><path d="M 0 0"/></svg>',
}


@pytest.mark.parametrize("kind", ADMITTED)
def test_what_the_policy_admits_is_not_named(kind):
    assert policy.forbidden(ADMITTED[kind]) == []


# In the browser -------------------------------------------------------------------------------

WATCH = """window.refused = [];
addEventListener("securitypolicyviolation", (event) =>
  refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""


@pytest.fixture(scope="module")
def open_page(browser, address):
    """Visit a page that keeps what its policy refused in `window.refused`."""

    def visit(name):
        permissions = {"permissions": ["clipboard-read", "clipboard-write"]}
        return Visit(browser, address, name, first=WATCH, **permissions)

    return visit


@pytest.fixture(scope="module")
def attacked(open_page):
    with open_page("zero-init/") as visit:
        script = "try { eval('window.ran = true') } catch { }"
        visit.tab.route("**/eval.js", lambda route: route.fulfill(body=script))
        yield visit


def refused(visit):
    return visit.tab.evaluate("window.refused")


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name.strip("/") or "index")
def test_nothing_a_page_does_is_refused(open_page, name):
    with open_page(name) as visit:
        tab = visit.tab
        tab.locator("label[title='Switch to dark mode']").click()
        assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"
        if name not in ("", "404.html"):
            tab.get_by_role("button", name="copy").first.click()
            tab.get_by_role("button", name="copied").wait_for()
        tab.locator(".md-search__input").click()
        tab.keyboard.type("symmetry")
        tab.locator(".md-search-result__link").first.wait_for()
        assert refused(visit) == []
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
        assert visit.said == []


def test_the_playground_trains_under_its_policy(open_page):
    with open_page("playground/#start=normal&seed=3") as visit:
        visit.tab.get_by_role("button", name="Train").click()
        visit.tab.locator(".pg-verdict", has_text="all different").wait_for()
        visit.tab.get_by_text("Every W and b, as numbers").click()
        visit.tab.locator(".pg-table table").first.wait_for()
        assert (refused(visit), visit.said) == ([], [])


INJECTED = {
    "script-src-elem inline": "const s = document.createElement('script');"
    "s.textContent = 'window.ran = true'; document.body.append(s)",
    "script-src-attr inline": "document.body.insertAdjacentHTML('beforeend',"
    """ '<img src="none.png" onerror="window.ran = true">')""",
    "script-src-elem data": "const s = document.createElement('script');"
    "s.src = 'data:text/javascript,window.ran=true'; document.body.append(s)",
    "script-src eval": "const s = document.createElement('script'); s.src = '../eval.js';"
    "document.body.append(s)",
    "connect-src http://localhost:9": "fetch('http://localhost:9/').catch(() => 0)",
    "img-src http://localhost:9": "new Image().src = 'http://localhost:9/secret.png'",
    "base-uri http://localhost:9": "const b = document.createElement('base');"
    "b.href = 'http://localhost:9/'; document.head.append(b)",
    "form-action http://localhost:9": "const f = document.createElement('form');"
    "f.action = 'http://localhost:9/'; document.body.append(f); f.submit()",
    "frame-src http://localhost:9": "const f = document.createElement('iframe');"
    "f.src = 'http://localhost:9/'; document.body.append(f)",
}


@pytest.mark.parametrize("injected", INJECTED)
def test_what_does_not_belong_to_the_site_is_refused(attacked, injected):
    tab = attacked.tab
    tab.evaluate("window.refused.length = 0")
    tab.evaluate(f"() => {{ {INJECTED[injected]} }}")
    attacked.until("window.refused.length > 0")
    assert [said.startswith(injected) for said in refused(attacked)] == [True], refused(attacked)
    assert tab.evaluate("window.ran") is None
