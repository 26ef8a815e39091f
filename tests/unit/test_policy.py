"""What a browser may load and run on a page, and that it needs no more."""

import re

import pytest

from snippets.mkdocs_site import policy

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
ONE = "'sha256-dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z/0Me0='"  # the hash of the script `one`


def test_a_page_without_a_character_set_is_refused():
    with pytest.raises(ValueError, match="a page needs <meta charset"):
        policy.protect("<html><head></head></html>")


def test_a_changed_script_changes_the_policy():
    def protected(script):
        return META.search(policy.protect(f'<meta charset="utf-8"><script>{script}</script>'))[1]

    assert ONE in protected("one")
    assert ONE not in protected("two")


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
