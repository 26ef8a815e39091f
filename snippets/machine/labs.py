"""The labs: notebooks in which a reader predicts, runs and explains.

`docs/labs/<lab>.py` is the source, in jupytext's percent format: cells that start with
`# %% [markdown]` or `# %% <name>`. A code cell with a blank, `...  # your ...`, needs an answer
below it: a fenced block of Python inside `<details>`, the cell with the blank filled in. Every lab
runs twice, as it is published and with the answers; `docs/labs/<lab>.out` records both.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from pathlib import Path

from snippets.machine import examples
from snippets.machine.examples import DOCS, Cell, Example

MARKER = re.compile(r"^# %%(?!%)")
CELL_NAME = re.compile(r"(?=.{1,64}$)(?!unnamed-)[a-z0-9]+(-[a-z0-9]+)*")  # an id in a notebook
UNNAMED = "unnamed-"
ANSWER = re.compile(r"<details.*?^```python\n(.*?)^```.*?</details>", re.DOTALL | re.MULTILINE)
BLANK = re.compile(r"\.\.\.  # your ")
PREDICTION = "...  # your prediction"
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Lab(Example):
    """One lab, `labs/<name>`: an example in several cells, whose source is a page."""

    @property
    def path(self) -> Path:
        return DOCS / f"{self.name}.py"

    @property
    def place(self) -> str:
        return f"docs/{self.name}.py"

    @property
    def head(self) -> str:
        """What stands above the first cell: for the machine."""
        return "\n".join(takewhile(lambda line: not MARKER.match(line), self.source.splitlines()))

    @cached_property
    def cells(self) -> list[Cell]:
        return parse(self.source)

    @cached_property
    def prose(self) -> str:
        """The Markdown alone, each line where it is in the source."""
        lines = [""] * len(self.source.splitlines())
        for cell in self.cells:
            if not cell.name:
                text = cell.source.split("\n")
                lines[cell.line - 1 : cell.line - 1 + len(text)] = text
        return "\n".join(lines)

    @property
    def claim(self) -> str:
        title = TITLE.search(self.prose)
        return title[1] if title else ""

    @property
    def code(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.name)

    @property
    def answers(self) -> dict[str, str]:
        """The code cells with a blank, filled in. An answer without a blank has the name ""."""
        found, blank = {}, ""
        for cell in self.cells:
            if BLANK.search(cell.source):
                blank = cell.name
            for answer in ANSWER.finditer("" if cell.name else cell.source):
                found[blank], blank = answer[1].rstrip(), ""
        return found

    @property
    def answered(self) -> tuple[Cell, ...]:
        filled = self.answers
        if not filled:
            return ()
        return tuple(Cell(c.name, filled.get(c.name, c.source), c.line) for c in self.code)

    @property
    def folded(self) -> set[str]:
        """The code cells between a prediction and its answer: a page folds what they say."""
        found, predicting = set(), False
        for cell in self.cells:
            if predicting and cell.name:
                found.add(cell.name)
            predicting = (predicting or PREDICTION in cell.source) and not (
                not cell.name and ANSWER.search(cell.source)
            )
        return found


@lru_cache(64)
def parse(source: str) -> list[Cell]:
    """Split a source into its cells; what stands above the first is for the machine."""
    import jupytext  # a third of a second

    starts = [n for n, line in enumerate(source.splitlines(), start=1) if MARKER.match(line)]
    read = jupytext.reads(source, fmt="py:percent").cells
    cells: list[Cell] = []
    for line, cell in zip(starts, read[len(read) - len(starts) :]):  # no marker: not a cell
        name = "" if cell.cell_type == "markdown" else cell.metadata.get("title", "")
        taken = [earlier.name for earlier in cells]
        # A name that is none gets one, so that the lab can be shown; `problems` says what is wrong.
        if cell.cell_type != "markdown" and (name in taken or not CELL_NAME.fullmatch(name)):
            name = f"{UNNAMED}{line}"
        cells.append(Cell(name, cell.source, line + 1))
    return cells


def labs() -> dict[str, Lab]:
    """Return all labs on disk by name, sorted."""
    return {f"labs/{p.stem}": Lab(f"labs/{p.stem}") for p in sorted(DOCS.glob("labs/[!_.#]*.py"))}


def problems() -> Iterable[str]:
    """Find what is wrong with the sources, one sentence each."""
    for lab in labs().values():
        where = lab.place
        yield from examples.faults(lab)
        if not TITLE.match(lab.prose.lstrip()):
            yield f"{where}: the first cell is Markdown and begins with '# <title>'"
        for cell in lab.code:
            if cell.name.startswith(UNNAMED):
                form, got = "# %% <lower-case-name>", lab.source.splitlines()[cell.line - 2]
                place = f"{where}:{cell.line - 1}"
                yield f"{place}: a code cell needs a name of its own, {form!r}, got {got!r}"
            if BLANK.search(cell.source) and cell.name not in lab.answers:
                yield f"{where}: cell {cell.name!r} has a blank and no answer in <details> below"
        if "" in lab.answers:
            yield f"{where}: an answer without a blank, '...  # your ...', in a cell above"
    yield from examples.orphans(DOCS.glob("labs/*.out"))
