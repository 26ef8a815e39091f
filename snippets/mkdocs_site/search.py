"""What the search reads of a page: prose, formulas as one types them, and the words of readers.

Figures, code, printouts and tables of results are left out: every first search loads this. Words
that readers use and the prose does not stand in the front matter, by section: `words: {id: ...}`.
How the results are ordered is said in overrides/search.js.
"""

import html
import re

from snippets.mkdocs_site.tex import CLOSE, OPEN

LEFT_OUT = re.compile(
    "<svg.*?</svg>|<pre.*?</pre>"
    '|<div class="example"[^>]* id="table-[^"]*">.*?</div>'  # results
    '|<p><span class="doc-section-title">.*?</table>'  # parameters in the API reference
    '|<p class="example-head">.*?</p>'  # or the names of files count as words
    '|<a class="headerlink".*?</a>'
    "|<summary>The code[^<]*</summary>"
    "|</?span[^>]*>|</?abbr[^>]*>",
    re.DOTALL,
)
FORMULA = re.compile(f"{OPEN}.*?<annotation[^>]*>(.*?)</annotation>.*?{CLOSE}", re.DOTALL)
HEADING = re.compile(r'<h[1-6][^>]* id="([^"]+)"')
# From TeX to what is typed: W^{[1]} is W1, \frac{a}{b} is a/b, \ln 2 is ln 2.
TYPED = [
    (r"\\(?:begin|end)\{\w+\}|\\[,;!:\\]|\\q?quad|\\(?:left|right|big+|displaystyle)\b|&", " "),
    (r"\\(?:text|operatorname|mathrm|mathcal|boxed|lVert|rVert)\b", " "),
    (r"\\underset\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", ""),
    (r"\\[td]?frac\s*(\d)\s*(\w)", r"\1/\2"),
    (r"\\[td]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2"),
    (r"\\(?:bar|hat|tilde)\s*\{?(\w)\}?", r"\1"),
    (r"\\sigma", "sigmoid"),
    (r"\\cdot|\\times", "*"),
    (r"[\^_]\{?\[?([^{}\[\]]*)\]?\}?", r"\1"),
    (r"[{}\\]", " "),
    (r"\s+", " "),
]


def for_search(content: str) -> str:
    """Return of a page's HTML what the search is to read."""
    return LEFT_OUT.sub("", _with_typed(content))


def add_words(entries: list[dict], url: str, content: str, words: dict[str, str]) -> None:
    """Give the sections of a page their readers' words, as tags: a field that counts for itself."""
    first, *_ = HEADING.findall(content) or [""]  # what follows it has the address of the page
    for entry in entries:
        page, _, section = entry["location"].partition("#")
        if page == url and (section or first) in words:
            entry["tags"] = [words[section or first]]


def unknown(source: str, content: str, words: dict[str, str]) -> list[str]:
    """Name the sections that have words for the search and are not on the page."""
    missing = sorted({*words} - {*HEADING.findall(content)})
    return [f"docs/{source}: 'words' names no heading of the page: {name}" for name in missing]


def _with_typed(content: str) -> str:
    return FORMULA.sub(lambda found: typed(html.unescape(found[1])), content)


def typed(tex: str) -> str:
    """Return a formula as one would type it."""
    for pattern, what in TYPED:
        tex = re.sub(pattern, what, tex)
    return html.escape(tex.strip(), quote=False)


def description(content: str, most: int = 160) -> str:
    """Return the first sentences of the page's answer, for the results of a web search."""
    answer = re.search(r'<div class="answer">(.*?)</div>', content, re.DOTALL)
    text = _with_typed(answer[1] if answer else "")
    text = " ".join(html.unescape(re.sub("<[^>]+>", "", text)).split())
    sentences = re.split(r"(?<=[.?!]) (?=[A-Z])", text)
    said = sentences[0]
    for sentence in sentences[1:]:
        if len(said) + 1 + len(sentence) > most:
            break
        said += f" {sentence}"
    return html.escape(said)  # the template does not
