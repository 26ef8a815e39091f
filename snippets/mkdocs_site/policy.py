"""What the browser may load and run on a page: a Content-Security-Policy in its HTML.

A static host sets no headers, so the policy is a `<meta>`: it holds for what follows it, and
cannot say who may frame the page (`frame-ancestors` needs a header).
"""

import base64
import hashlib
import re
from html.parser import HTMLParser

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


# What a page must not contain ------------------------------------------------------------------

SUSPECT = re.compile(
    r"<(?:iframe|object|embed|applet|base|frame|form)\b|\son[a-z]+\s*=|javascript:"
    r"|<(?:link|img|script|source|video|audio|track|input|image|use)\b[^>]*[\s:](?:src|srcset|href|poster)"
    r"\s*=\s*[\"']?\s*(?:[a-z]+:)?//"
    r"|<(?:img|source)\b[^>]*\ssrcset\s*=\s*[\"'][^\"']*[\s,](?:[a-z]+:)?//",
    re.IGNORECASE,
)
LOADED = {"src", "srcset", "poster", "data", "background"}


def forbidden(content: str) -> list[str]:
    """Say what in the content of a page its published policy would not admit."""
    if not SUSPECT.search(content):  # parsing a page takes long
        return []
    parser = _Forbidden()
    parser.feed(content)
    return list(dict.fromkeys(parser.found))


class _Forbidden(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        shown = f"<{tag}>"
        if tag in ("iframe", "object", "embed", "applet", "base", "frame"):
            self._add(shown, "show what you need in the page itself")
        if tag == "form" and any(name == "action" for name, _ in attributes):
            self._add("<form action>", "a static site has nobody to send it to")
        for name, value in attributes:
            address = (value or "").strip()
            loads = name in LOADED or ("href" in name and tag in ("link", "image", "use"))
            if name.startswith("on"):
                self._add(f"<{tag} {name}>", "put the script into docs/assets")
            elif loads and re.search(r"(^|,\s*)([a-z]+:)?//", address, re.IGNORECASE):
                self._add(f'<{tag} {name}="{address}">', "put the file into docs/assets")
            elif re.match(r"\s*javascript:", address, re.IGNORECASE):
                self._add(f'<{tag} {name}="javascript:">', "put the script into docs/assets")

    def _add(self, what: str, cure: str) -> None:
        self.found.append(f"{what} is not admitted by the policy of the published page; {cure}")
