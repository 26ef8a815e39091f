"""What the browser may load and run on a page: a Content-Security-Policy in its HTML.

A static host sets no headers, so the policy is a `<meta>`: it holds for what follows it, and
cannot say who may frame the page (`frame-ancestors` needs a header).
"""

import base64
import hashlib
import re

CHARSET = '<meta charset="utf-8">'  # has to stand in the first 1024 bytes, so before the policy
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
# A browser runs no script of another type, such as Material's settings in JSON.
NOT_RUN = re.compile(r'\bsrc=|\btype="?application/json')

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",  # and the inline scripts of the page, by their hashes
    # KaTeX sets heights and the figures set strokes in `style` attributes, which no hash covers.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",  # icons in Material's style sheet, decision regions in figures
    "font-src": "'self'",
    "connect-src": "'self'",  # the index of the search
    "worker-src": "'self'",  # the search
    "base-uri": "'none'",
    "form-action": "'none'",  # the search field and the switch of colors are forms, never sent
}


def protect(html: str) -> str:
    """Add the policy of a page, ahead of everything that it is about."""
    head, charset, rest = html.partition(CHARSET)
    if not charset:
        raise ValueError(f"a page needs {CHARSET} in its head, got {html[:200]!r}")
    return f'{head}{charset}<meta http-equiv="Content-Security-Policy" content="{_of(rest)}">{rest}'


def inline_scripts(html: str) -> list[str]:
    """Return the scripts that stand in the page itself."""
    return [text for attributes, text in SCRIPT.findall(html) if not NOT_RUN.search(attributes)]


def _of(html: str) -> str:
    hashes = dict.fromkeys(_hash(script) for script in inline_scripts(html))
    rules = POLICY | {"script-src": " ".join([POLICY["script-src"], *hashes])}
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
