"""What the pages embed, and whether each number in their prose comes from an example."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from snippets import catalog
from snippets.catalog import DOCS
from snippets.check import Verdict
from symbreak import paste

EMBED = re.compile(r"^[ ]*@snippet[ ]+(?P<name>\S+)(?P<parts>(?:[ ]+\w+)*)[ ]*$")
PASTE = re.compile(r"^[ ]*@paste[ ]+(?P<notebook>\S+)[ ]+(?P<experiment>\S+)[ ]*$")
FENCE = re.compile(r"^\s*(```+(?=[^`]*$)|~~~+)")
FRONT = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
PARTS = ("code", "output", "figures", "table")
# Without its sign. After a letter and a hyphen it belongs to a name: "GPT-40".
NUMBER = re.compile(
    r"(?<![\w.^/])(?<![^\W\d]-)(?:\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?(?!\w)"
)
# Targets of links, tags, attributes outside formulas, and the number of an item of a list.
NO_PROSE = re.compile(r"\]\([^)]*\)|</?[a-zA-Z][^>]*>|\{[^}]*\}(?![^$]*\$)|^\s*\d+\.(?=\s)")


@dataclass(frozen=True)
class Embed:
    """One line `@snippet <page>/<name> [part ...]` of a page."""

    page: Path
    line: int
    name: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page.relative_to(DOCS.parent)}:{self.line}"


def pages() -> list[Path]:
    return sorted(DOCS.rglob("*.md"))


def embeds(page: Path) -> list[Embed]:
    return [
        Embed(page, number, found["name"], tuple(found["parts"].split()))
        for number, line in outside_fences(page.read_text(encoding="utf-8"))
        if (found := EMBED.match(line))
    ]


def no_part(part: str) -> str:
    return f"{part!r} is no part of a snippet; the parts are {', '.join(PARTS)}"


def box_text(notebook: str, experiment: str) -> str:
    """Return the text of the line `@paste <notebook> <experiment>`, or of its "check"."""
    return paste.check_box(notebook) if experiment == "check" else paste.box(notebook, experiment)


def boxes(page: Path) -> Iterator[tuple[int, re.Match]]:
    for number, line in outside_fences(page.read_text(encoding="utf-8")):
        if found := PASTE.match(line):
            yield number, found


def outside_fences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that stand in no fenced code, with their numbers."""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        mark = FENCE.match(line)
        if not fence and mark:
            fence = mark[1]
        elif fence and mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
        elif not fence:
            yield number, line


def problems(verdicts: dict[str, Verdict]) -> list[str]:
    """Return what does not hold between pages and examples, one sentence each."""
    by_page = {page: embeds(page) for page in pages()}
    all_embeds = [embed for page in by_page for embed in by_page[page]]
    found = [f"{e}: unknown snippet {e.name!r}" for e in all_embeds if e.name not in verdicts]
    found += [f"{e}: {no_part(p)}" for e in all_embeds for p in e.parts if p not in PARTS]
    found += [
        f"{e}: the printout of {e.name} is no Markdown table"
        for e in all_embeds
        if "table" in e.parts and e.name in verdicts
        if verdicts[e.name].holds and not verdicts[e.name].result.stdout.startswith("|")
    ]
    found += [problem for page in by_page for problem in _unknown_boxes(page)]
    shown = {e.name for e in all_embeds if not e.parts or "code" in e.parts}
    found += [
        f"snippets/{name}.py: no page shows its code (@snippet {name})"
        for name in catalog.snippets()
        if name not in shown
    ]
    for page, on_page in by_page.items():
        shown_here = [verdicts[e.name] for e in on_page if e.name in verdicts]
        # A failing example is reported itself; the numbers it would have printed are no news.
        if all(verdict.holds for verdict in shown_here) and not [*_unknown_boxes(page)]:
            found += _unbacked(page, shown_here)
    return found


def _unknown_boxes(page: Path) -> Iterator[str]:
    for line, found in boxes(page):
        try:
            box_text(**found.groupdict())
        except ValueError as error:
            yield f"{page.relative_to(DOCS.parent)}:{line}: {error}"


# Numbers in prose -----------------------------------------------------------------------------


def _unbacked(page: Path, verdicts: list[Verdict]) -> Iterator[str]:
    """Find numbers in the prose that no example of the page contains or prints.

    Checked are all decimals, and whole numbers from 10 on outside formulas, each without its sign;
    fenced code and display formulas are left out.
    A page's front matter may list, under `numbers`, those that are no results (years, say).
    """
    source = page.read_text(encoding="utf-8")
    text, front = _front_matter(source)
    offset = source.count("\n") - text.count("\n")
    backing = "\n".join(_backing(verdict) for verdict in verdicts)
    backing += "".join(box_text(**found.groupdict()) for _, found in boxes(page))
    name, listed = page.relative_to(DOCS.parent), front.get("numbers", [])
    try:
        known = numbers(backing) + [abs(float(number)) for number in listed]
    except (TypeError, ValueError):
        yield f"{name}: `numbers` in the front matter must be a list of numbers, got {listed!r}"
        return
    for line, number in unbacked(text, known):
        yield f"{name}:{line + offset}: no example of this page has the number {number!r}"


def _front_matter(source: str) -> tuple[str, dict]:
    """Return a text without its front matter, and what that says. Not a mapping: text, as it is."""
    if found := FRONT.match(source):
        try:
            front = yaml.safe_load(found[1])
        except (yaml.YAMLError, ValueError):  # ValueError: a date that is none
            front = None
        if isinstance(front, dict):
            return source[found.end() :], front
    return source, {}


def numbers(text: str) -> list[float]:
    return [_value(number) for number in NUMBER.findall(text)]


def unbacked(text: str, known: list[float]) -> Iterator[tuple[int, str]]:
    """Find the numbers in a text that must be known and are not, with their lines."""
    for line, prose in _prose(text):
        for number in NUMBER.finditer(prose):
            percent = prose[number.end() :].lstrip().startswith(("%", "\\%"))
            if not _backed(number[0], percent, known):
                yield line, number[0]


def _backing(verdict: Verdict) -> str:
    figures = " ".join(f"{f['alt']} {f['caption']}" for f in verdict.result.figures)
    return f"{verdict.snippet.source}\n{verdict.result.stdout}\n{figures}"


def _prose(text: str) -> Iterator[tuple[int, str]]:
    def blank(found: re.Match) -> str:  # keep the line numbers
        return "\n" * found[0].count("\n")

    for pattern in (r"<!--.*?-->", r"\$\$.*?\$\$", r"\\begin\{.*?\\end\{\w+\*?\}"):
        text = re.sub(pattern, blank, text, flags=re.DOTALL)
    text = re.sub(r"(?<!\\)\$[^$`]+\$", _decimals, text)
    for number, line in outside_fences(text):
        if not EMBED.match(line) and not line.lstrip().startswith(":::"):
            yield number, NO_PROSE.sub("]", line)


def _decimals(formula: re.Match) -> str:
    """Keep the decimals of an inline formula: its whole numbers are indices and exponents."""
    found = re.findall(r"(?<![\w.])\d+\.\d+(?:\\?%)?", formula[0])
    return " ".join(found) + "\n" * formula[0].count("\n")


def _value(number: str) -> float:
    return float(number.replace(",", "").replace("_", ""))


def _backed(number: str, percent: bool, known: list[float]) -> bool:
    value = _value(number)
    if value < 10 and value == int(value) and "." not in number:
        return True
    digits = len(number.partition(".")[2]) if "e" not in number else 300
    candidates = known + [100 * k for k in known if percent and k <= 1]
    return any(k == value or round(k, digits) == value for k in candidates)
