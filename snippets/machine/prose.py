"""What the pages embed and refer to, and whether it is there."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from snippets.machine import boxes, examples, fences, labs, record, typed, values
from snippets.machine.examples import DOCS
from snippets.machine.labs import Lab
from snippets.machine.verdict import FAILED, PARTS, RUNNING, Asked, Verdict

EMBED = re.compile(r"^[ ]*@snippet[ ]+(?P<name>\S+)(?P<parts>(?:[ ]+\w+)*)[ ]*$")
PASTE = re.compile(r"^[ ]*@paste[ ]+(?P<notebook>\S+)[ ]+(?P<experiment>\S+)[ ]*$")
FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


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
        for number, line in fences.outside(page.read_text(encoding="utf-8"))
        if (found := EMBED.match(line))
    ]


def asked_boxes(page: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines `@paste <notebook> <experiment>` of a page: number, and which box."""
    for number, line in fences.outside(page.read_text(encoding="utf-8")):
        if found := PASTE.match(line):
            yield number, f"{found['notebook']} {found['experiment']}"


def _sources() -> Iterator[tuple[str, str, str]]:
    """Yield the place of each page and lab, the folder of its examples, and its text."""
    for page in pages():
        yield _place(page), page.stem, page.read_text(encoding="utf-8")
    for lab in labs.labs().values():
        yield lab.place, "labs", lab.prose


def asked() -> Asked:
    """Return the references of all pages and labs to each example."""
    found: Asked = {}
    for place, folder, text in _sources():
        for reference in values.references(text, folder, place):
            found.setdefault(reference.example, []).append(reference)
    return found


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
    allowed, faults = typed.read()
    yield from faults
    for references in asked().values():
        yield from unkept(references, verdicts)
    shown = set()
    for page in pages():
        place, text = _place(page), page.read_text(encoding="utf-8")
        on_page, pasted = embeds(page), list(asked_boxes(page))
        shown |= {e.name for e in on_page if not e.parts or "code" in e.parts}
        faults = [fault] if (fault := _front_matter(place, text)) else []
        faults += [fault for embed in on_page for fault in _faults(embed, verdicts)]
        faults += [
            f"{place}:{line}: {boxes.unknown(name, texts)}"
            for line, name in pasted
            if name not in texts
        ]
        yield from faults
        shown_here = [verdicts[e.name] for e in on_page if e.name in verdicts]
        # A failing example is reported itself; the numbers it would have printed are no news.
        if not faults and all(v.holds or v.status == RUNNING for v in shown_here):
            backing = [*map(_backing, shown_here), *(texts[name] for _, name in pasted)]
            yield from _typed(place, _body(text), backing, allowed)
    for name, verdict in verdicts.items():
        if isinstance(verdict.example, Lab):
            if verdict.holds or verdict.status == RUNNING:
                lab = verdict.example
                code = [cell.source for cell in (*lab.code, *lab.answered)]
                backing = [*code, record.text(lab, verdict.result)]
                yield from _typed(lab.place, lab.prose, backing, allowed)
            continue
        if name not in shown:
            yield f"{verdict.example.place}: no page shows its code (@snippet {name})"
        if verdict.holds:
            yield from _claimed(verdict)
    yield from typed.unused(allowed, {place: text for place, _, text in _sources()})


def unkept(references: list[values.Reference], verdicts: dict[str, Verdict]) -> Iterator[str]:
    """Find the references that name nothing which an example keeps."""
    for reference in references:
        verdict = verdicts.get(reference.example)
        if not reference.example:
            yield f"{reference.place}: write {values.FORM}, got {reference.source}"
        elif verdict is None:
            hint = examples.near(reference.example, verdicts)
            yield f"{reference.place}: unknown example {reference.example!r}{hint}"
        elif verdict.status not in (FAILED, RUNNING):
            try:
                values.written(reference, verdict.result.values)
            except ValueError as error:
                yield f"{reference.place}: {error}"


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


def _typed(
    place: str, text: str, backing: Iterable[str], allowed: list[typed.Allowed]
) -> Iterator[str]:
    """Find numbers that are typed in prose and come from nowhere."""
    listed = {entry.number for entry in allowed if entry.page in ("", place)}
    for line, fault in typed.faults(text, typed.numbers("\n".join(backing)), listed):
        yield f"{place}:{line}: {fault}"


def _claimed(verdict: Verdict) -> Iterator[str]:
    """Find numbers in the claim of an example, a caption, that are in neither code nor printout."""
    known = typed.numbers(f"{_code(verdict.example.source)}\n{verdict.result.stdout}")
    for number in typed.unbacked(verdict.example.claim, known):
        place = verdict.example.place
        yield f"{place}: the claim says {number}, which neither the code nor the printout has"


@lru_cache(1024)  # `serve` asks at every build
def _code(source: str) -> str:
    """Return the code of an example without its claim and its comments."""
    return ast.unparse(ast.Module(ast.parse(source).body[1:], type_ignores=[]))


def _backing(verdict: Verdict) -> str:
    figures = " ".join(f"{f['alt']} {f['caption']}" for f in verdict.result.figures)
    return f"{verdict.example.source}\n{verdict.result.stdout}\n{figures}"


def _front_matter(place: str, text: str) -> str:
    """Say what is wrong with the front matter of a page; empty if nothing is."""
    found = FRONT.match(text)
    if not found:
        # A first line `---` begins it, for a reader; MkDocs would publish it as text.
        begins = text.startswith("---")
        return f"{place}:1: the front matter has no end, a line '---'" if begins else ""
    try:
        front = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that is none
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        said = getattr(error, "problem", None) or error
        return f"{place}:{line}: the front matter is not YAML: {said}"
    if not isinstance(front, dict):
        got = f"got {found[1].strip()!r}"
        return f"{place}:1: the front matter must be 'name: value' lines, {got}"
    return ""


def _body(text: str) -> str:
    """Return a page with its front matter blanked: each line keeps its number."""
    return FRONT.sub(lambda found: "\n" * found[0].count("\n"), text)
