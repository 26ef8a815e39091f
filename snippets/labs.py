"""The labs: notebooks in which a reader predicts, runs and explains.

`docs/labs/<lab>.py` is the source, in jupytext's percent format: cells that start with
`# %% [markdown]` or `# %% <name>`. A code cell with a blank, `...  # your ...`, needs an answer
below it: a fenced block of Python inside `<details>`, the cell with the blank filled in.
`snippets.kernel` runs every lab twice, as it is published and with the answers;
`docs/labs/<lab>.out` records both.
"""

import dataclasses
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path

from snippets import catalog, keep, pages, run
from snippets.catalog import ARITHMETIC, CACHE, DOCS, ROOT, Snippet
from snippets.check import Verdict, judge
from snippets.run import Result, environment

RESULTS = CACHE / "labs"
CELL = re.compile(r"^# %%(?: (\[markdown\])?(.*))?$")
CELL_NAME = re.compile(r"(?=.{1,64}$)(?!unnamed-)[a-z0-9]+(-[a-z0-9]+)*")  # an id in a notebook
UNNAMED = "unnamed-"
ANSWER = re.compile(r"<details.*?^```python\n(.*?)^```.*?</details>", re.DOTALL | re.MULTILINE)
BLANK = re.compile(r"\.\.\.  # your ")
PREDICTION = "...  # your prediction"
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
EXECUTORS = ("labs.py", "kernel.py", "run.py", "figures.py")  # what turns code into outputs


@dataclass(frozen=True)
class Cell:
    """A cell of the source. Code cells have names, prose has none."""

    name: str
    source: str
    line: int  # of the source file, where the text begins

    @property
    def is_code(self) -> bool:
        return bool(self.name)


@dataclass
class LabResult(Result):
    """What the cells of both runs printed and drew, by name: lists of texts and figures."""

    cells: dict[str, list[dict]] = field(default_factory=dict)
    answered: dict[str, list[dict]] = field(default_factory=dict)


@dataclass(frozen=True)
class Lab(Snippet):
    """One lab, `labs/<name>`: an example whose source is a page."""

    @property
    def path(self) -> Path:
        return DOCS / f"{self.name}.py"

    @property
    def record(self) -> Path:
        return DOCS / f"{self.name}.out"

    @cached_property
    def cells(self) -> list[Cell]:
        return parse(self.source)

    @property
    def head(self) -> str:
        """What stands above the first cell: for the machine."""
        return "\n".join(takewhile(lambda line: not CELL.match(line), self.source.splitlines()))

    @cached_property
    def prose(self) -> str:
        """The Markdown alone, each line where it is in the source."""
        lines = [""] * len(self.source.splitlines())
        for cell in self.cells:
            if not cell.is_code:
                text = cell.source.split("\n")
                lines[cell.line - 1 : cell.line - 1 + len(text)] = text
        return "\n".join(lines)

    @property
    def claim(self) -> str:
        title = TITLE.search(self.prose)
        return title[1] if title else ""

    @property
    def code(self) -> dict[str, str]:
        return {cell.name: cell.source for cell in self.cells if cell.is_code}

    @property
    def answers(self) -> dict[str, str]:
        """The code cells with a blank, filled in. An answer without a blank has the name ""."""
        found, blank = {}, ""
        for cell in self.cells:
            if BLANK.search(cell.source):
                blank = cell.name
            for answer in ANSWER.finditer("" if cell.is_code else cell.source):
                found[blank], blank = answer[1].rstrip(), ""
        return found

    @property
    def folded(self) -> set[str]:
        """The code cells between a prediction and its answer: a page folds what they say."""
        found, predicting = set(), False
        for cell in self.cells:
            if predicting and cell.is_code:
                found.add(cell.name)
            predicting = (predicting or PREDICTION in cell.source) and not (
                not cell.is_code and ANSWER.search(cell.source)
            )
        return found

    def key(self) -> str:
        """Hash what can change the outputs. Prose cannot."""
        parts = [json.dumps([self.name, self.code, self.answers, self.limit])]
        parts += [f"{k}={os.environ.get(k, v)}" for k, v in ARITHMETIC.items()]
        parts += [catalog.versions(), *(f"{p} {version(p)}" for p in ("ipykernel", "ipython"))]
        digests = [hashlib.sha256(part.encode()).digest() for part in parts]
        files = [catalog.FOLDER / name for name in EXECUTORS]
        digests += [hashlib.sha256(path.read_bytes()).digest() for path in files]
        digests.append(catalog.package_digest())
        return hashlib.sha256(b"".join(digests)).hexdigest()


def parse(source: str) -> list[Cell]:
    """Split a source into its cells; what stands above the first is for the machine."""
    lines = source.splitlines()
    starts = [(i, found) for i, line in enumerate(lines) if (found := CELL.match(line))]
    cells = []
    for (start, found), end in zip(starts, [i for i, _ in starts[1:]] + [len(lines)]):
        text = lines[start + 1 : end]
        while text and not text[-1].strip():
            text.pop()
        if found[1]:
            text = [re.sub(r"^# ?", "", line) for line in text]
        name = "" if found[1] else (found[2] or "").strip()
        taken = [cell.name for cell in cells]
        # A name that is none gets one, so that the lab can be shown; `problems` says what is wrong.
        if not found[1] and (name in taken or not CELL_NAME.fullmatch(name)):
            name = f"{UNNAMED}{start + 1}"
        cells.append(Cell(name, "\n".join(text), start + 2))
    return cells


def labs() -> dict[str, Lab]:
    """Return all labs on disk by name, sorted."""
    return {f"labs/{p.stem}": Lab(f"labs/{p.stem}") for p in sorted(DOCS.glob("labs/[!_.]*.py"))}


# Results --------------------------------------------------------------------------------------


def load(lab: Lab) -> LabResult | None:
    """Return the kept result if it still belongs to the lab as it is on disk."""
    result = run.read(_path(lab), LabResult)
    return result if result and result.key == lab.key() else None


def store(lab: Lab, result: LabResult) -> None:
    keep.write(_path(lab), json.dumps(dataclasses.asdict(result)))


def _path(lab: Lab) -> Path:
    return RESULTS / f"{lab.path.stem}.json"


def check(
    chosen: Iterable[Lab],
    *,
    again: bool = False,
    progress: Callable[[str, float, int, int], None] = lambda name, seconds, done, total: None,
) -> dict[str, Verdict]:
    """Run what has no valid result yet, as `snippets.check.check` does, and judge every lab."""
    chosen = list(chosen)
    results = {lab.name: load(lab) for lab in chosen}
    stale = [lab for lab in chosen if (r := results[lab.name]) is None or (again and r.error)]
    running = [(lab, _start(lab)) for lab in stale]
    for done, (lab, process) in enumerate(running, start=1):
        found = load(lab) if process.wait() == 0 else None
        process.stdin.close()
        results[lab.name] = found or LabResult(lab.key(), error=_ended(process, lab))
        _log(lab).unlink(missing_ok=True)
        progress(lab.name, results[lab.name].seconds, done, len(stale))
    return {lab.name: judge(lab, results[lab.name]) for lab in chosen}


def _start(lab: Lab) -> subprocess.Popen:
    # It reads its standard input only to notice that this process is gone.
    command = [sys.executable, "-m", "snippets.kernel", lab.name]
    apart = environment() | {
        # Nothing of the user's own Jupyter: no other kernel, no startup files.
        "IPYTHONDIR": str(CACHE / "ipython"),
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    _log(lab).parent.mkdir(parents=True, exist_ok=True)
    with _log(lab).open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            command, cwd=ROOT, env=apart, stdin=subprocess.PIPE, stdout=log, stderr=log
        )


def _log(lab: Lab) -> Path:
    return _path(lab).with_suffix(".log")


def _ended(process: subprocess.Popen, lab: Lab) -> str:
    """Say why there is no result."""
    if process.returncode == 0:
        return "The files changed while it ran. Run it again."
    log = _log(lab).read_text(encoding="utf-8", errors="replace")
    lines = [line for line in log.splitlines() if not line.startswith("[IPKernelApp]")]
    text = "\n".join(["The process ended without a result.", *lines])
    return text.replace(f"{ROOT}{os.sep}", "").strip()


def report(lab: Lab, cells: dict[str, list[dict]], answered: dict[str, list[dict]]) -> str:
    """Return the record: what each cell printed and drew, then where the answers differ."""
    texts = [f"=== {name} ===\n{said}" for name in lab.code if (said := _said(cells[name]))]
    for name, outputs in answered.items():
        if said := _said([output for output in outputs if output not in cells[name]]):
            texts.append(f"=== {name}, answered ===\n{said}")
    return "\n\n".join(texts)


def _said(outputs: list[dict]) -> str:
    parts, number = [], 0
    for output in outputs:
        if "text" in output:
            parts.append(output["text"].rstrip())
        else:
            number += 1
            parts.append(f"--- figure {number} ---\nalt: {output['alt']}\n{output['summary']}")
    return "\n\n".join(parts)


# What does not hold ---------------------------------------------------------------------------


def problems(verdicts: dict[str, Verdict]) -> list[str]:
    """Return what is wrong with the sources, and the numbers in their prose, one sentence each."""
    found = []
    for name, lab in labs().items():
        where = f"docs/{name}.py"
        if not catalog.NAME.fullmatch(name):
            found.append(f"{where}: a name is lower-case words joined by hyphens")
        found += catalog.bad_comments(where, lab.head)
        if not TITLE.match(lab.prose.lstrip()):
            found.append(f"{where}: the first cell is Markdown and begins with '# <title>'")
        found += [
            f"{where}:{line}: a code cell needs a name of its own, '# %% <lower-case-name>', got "
            f"{lab.source.splitlines()[line - 1]!r}"
            for line in (cell.line - 1 for cell in lab.cells if cell.name.startswith(UNNAMED))
        ]
        found += [
            f"{where}: cell {cell!r} has a blank and no answer in <details> below"
            for cell, code in lab.code.items()
            if BLANK.search(code) and cell not in lab.answers
        ]
        if "" in lab.answers:
            found.append(f"{where}: an answer without a blank, '...  # your ...', in a cell above")
        if name in verdicts and verdicts[name].holds:
            found += _unbacked(lab, verdicts[name].result)
    for record in sorted(DOCS.glob("labs/*.out")):
        if not record.with_suffix(".py").exists():
            found.append(f"{record.relative_to(ROOT)}: a record without a lab; delete it")
    return found


def _unbacked(lab: Lab, result: LabResult) -> Iterable[str]:
    backing = "\n".join([*lab.code.values(), *lab.answers.values(), result.stdout])
    known = pages.numbers(backing)
    for line, number in pages.unbacked(lab.prose, known):
        yield f"docs/{lab.name}.py:{line}: no cell of this lab has the number {number!r}"
