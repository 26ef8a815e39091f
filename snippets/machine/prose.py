"""What the pages embed, and whether each number in their prose comes from an example."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from snippets.machine import boxes, examples, labs, record
from snippets.machine.examples import DOCS
from snippets.machine.labs import Lab
from snippets.machine.verdict import FAILED, PARTS, RUNNING, Verdict

EMBED = re.compile(r"^[ ]*@snippet[ ]+(?P<name>\S+)(?P<parts>(?:[ ]+\w+)*)[ ]*$")
PASTE = re.compile(r"^[ ]*@paste[ ]+(?P<notebook>\S+)[ ]+(?P<experiment>\S+)[ ]*$")
FENCE = re.compile(r"^\s*(```+(?=[^`]*$)|~~~+)")
FRONT = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
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


def asked_boxes(page: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines `@paste <notebook> <experiment>` of a page: number, and which box."""
    for number, line in outside_fences(page.read_text(encoding="utf-8")):
        if found := PASTE.match(line):
            yield number, f"{found['notebook']} {found['experiment']}"


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


def judge(verdicts: dict[str, Verdict]) -> tuple[dict[str, str], list[str]]:
    """Return the texts of the boxes, and all that does not hold beside the verdicts themselves."""
    found = [*examples.problems(), *labs.problems()]
    try:
        texts = boxes.boxes()
    except ValueError as error:
        return {}, [*found, f"symbreak/paste: {error}"]
    return texts, [*found, *problems(verdicts, texts)]


def problems(verdicts: dict[str, Verdict], texts: dict[str, str]) -> Iterator[str]:
    """Find what does not hold between pages, examples and boxes, one sentence each."""
    shown = set()
    for page in pages():
        on_page = embeds(page)
        shown |= {e.name for e in on_page if not e.parts or "code" in e.parts}
        faults = _front_matter(page)[2]
        faults += [fault for embed in on_page for fault in _faults(embed, verdicts)]
        faults += [
            f"{_place(page)}:{line}: {boxes.unknown(name, texts)}"
            for line, name in asked_boxes(page)
            if name not in texts
        ]
        yield from faults
        shown_here = [verdicts[e.name] for e in on_page if e.name in verdicts]
        # A failing example is reported itself; the numbers it would have printed are no news.
        if not faults and all(v.holds or v.status == RUNNING for v in shown_here):
            yield from _unbacked(page, shown_here, texts)
    for name, verdict in verdicts.items():
        if isinstance(verdict.example, Lab):
            if verdict.holds or verdict.status == RUNNING:
                yield from _unbacked_in_lab(verdict)
        elif name not in shown:
            yield f"{verdict.example.place}: no page shows its code (@snippet {name})"


def _faults(embed: Embed, verdicts: dict[str, Verdict]) -> Iterator[str]:
    verdict = verdicts.get(embed.name)
    if verdict is None or isinstance(verdict.example, Lab):
        yield f"{embed}: unknown example {embed.name!r}"
        return
    # What failed or could not run has no parts, and says so itself.
    whole = verdict.status not in (FAILED, RUNNING) and bool(verdict.result.cells)
    for part in embed.parts:
        if (whole or part not in PARTS) and (fault := verdict.lacks(part)):
            yield f"{embed}: {fault}"


def _place(page: Path) -> str:
    return page.relative_to(DOCS.parent).as_posix()


# Numbers in prose -----------------------------------------------------------------------------


def _unbacked(page: Path, verdicts: list[Verdict], texts: dict[str, str]) -> Iterator[str]:
    """Find numbers in the prose that no example of the page contains or prints.

    Checked are all decimals, and whole numbers from 10 on outside formulas, each without its sign;
    fenced code and display formulas are left out.
    A page's front matter may list, under `numbers`, those that are no results (years, say).
    """
    text, front, _ = _front_matter(page)
    offset = page.read_text(encoding="utf-8").count("\n") - text.count("\n")
    backing = [_backing(verdict) for verdict in verdicts]
    backing += [texts[name] for _, name in asked_boxes(page)]
    listed = front.get("numbers", [])
    try:
        known = numbers("\n".join(backing)) + [abs(float(number)) for number in listed]
    except (TypeError, ValueError):
        got = f"got {listed!r}"
        yield f"{_place(page)}: `numbers` in the front matter must be a list of numbers, {got}"
        return
    for line, number in unbacked(text, known):
        where = f"{_place(page)}:{line + offset}"
        yield f"{where}: no example of this page has the number {number!r}"


def _unbacked_in_lab(verdict: Verdict) -> Iterator[str]:
    lab = verdict.example
    code = [cell.source for cell in (*lab.code, *lab.answered)]
    known = numbers("\n".join([*code, record.text(lab, verdict.result)]))
    for line, number in unbacked(lab.prose, known):
        yield f"{lab.place}:{line}: no cell of this lab has the number {number!r}"


def _front_matter(page: Path) -> tuple[str, dict, list[str]]:
    """Return a text without its front matter, what that says, and what is wrong with it."""
    source = page.read_text(encoding="utf-8")
    found = FRONT.match(source)
    if not found:
        # A first line `---` begins it, for a reader; MkDocs would publish it as text.
        if source.startswith("---"):
            return source, {}, [f"{_place(page)}:1: the front matter has no end, a line '---'"]
        return source, {}, []
    try:
        front = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that is none
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        said = getattr(error, "problem", None) or error
        return source, {}, [f"{_place(page)}:{line}: the front matter is not YAML: {said}"]
    if not isinstance(front, dict):
        got = f"got {found[1].strip()!r}"
        return (
            source,
            {},
            [f"{_place(page)}:1: the front matter must be 'name: value' lines, {got}"],
        )
    return source[found.end() :], front, []


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
    return f"{verdict.example.source}\n{verdict.result.stdout}\n{figures}"


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
