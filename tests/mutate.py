"""Break the code in small ways, one at a time, and name the breaks that no fast test notices.

    python tests/mutate.py [--count 200] [--seed 3] [--list] [PATH ...]

A mutant is the package with one change: a comparison, an operator, a number, a boolean, a returned
value or a deleted statement. The sample is fixed: a hash orders the mutants, so that a change of
one function leaves the sample of the others as it is. Texts are not mutated, so neither is the code
inside f-strings. Each mutant runs in a copy of the checkout, against the tests of its folder, those
of its module first; it is killed if one fails, or if they do not end. `harmless.txt` lists the
survivors that do no harm, with the reason. Fails if there are others. The counts of a sample of all
files go into snippets/checked/mutants.json, under its seed, unless a larger one is there.
"""

import argparse
import ast
import difflib
import hashlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import results
from mutations import changes

ROOT = Path(__file__).resolve().parent.parent
PROCESSES, LIMIT = 2, 240  # seconds; the slower of the two suites takes about 20
SEED, COUNTS = "3", "checked/mutants"
HARMLESS = ROOT / "tests" / "harmless.txt"
NOT_COPIED = (".*", "site", "dist", "node_modules", "__pycache__")
SUITES = {
    "symbreak": "algebra activations gram hessian theory printing checks refusals network training"
    " optimizers symmetry frameworks initializers datasets logistic images paste package doctests"
    " diagnosis diagnosis_costs diagnosis_findings diagnosis_formats plots plots_places"
    " plots_verdicts diagnosis_runs paste_notebooks",
    "snippets": "examples verdict record kept prose boxes output cache command watch run"
    " embed lab_sources rendered finish policy tex figures downloads card hooks"
    " typed values glossary search_text",
}
OWN = dict.fromkeys(("labs", "labpages"), "lab_sources")
OWN |= dict.fromkeys(("descent", "progress", "history"), "training")
OWN |= {"__main__": "command"}
FILES = {file.stem: file for file in (ROOT / "tests").glob("*/test_*.py")}


@dataclass(frozen=True)
class Mutant:
    """One change of one file; `name` says which, whatever its line."""

    path: str
    line: int
    name: str
    text: str

    def diff(self) -> str:
        old = (ROOT / self.path).read_text(encoding="utf-8").splitlines()
        lines = difflib.unified_diff(old, self.text.splitlines(), n=0, lineterm="")
        return "\n".join(f"    {line}" for line in list(lines)[3:])


def mutants(paths: list[str], seed: str) -> list[Mutant]:
    """Return all mutants of the package and of the machine, in the order of the sample."""
    files = [*(ROOT / "symbreak").rglob("*.py"), *(ROOT / "snippets").glob("*.py")]
    files += [
        p for name in ("machine", "mkdocs_site") for p in (ROOT / "snippets" / name).glob("*.py")
    ]
    found, seen = [], Counter()
    for file in sorted(files):
        path = file.relative_to(ROOT).as_posix()
        if paths and not path.startswith(tuple(paths)):
            continue
        source = file.read_text(encoding="utf-8")
        for line, where, old, new, text in changes(source):
            name = f"{path} {where}: {old} -> {new}"
            seen[name] += 1
            name += f" ({seen[name]})" if seen[name] > 1 else ""
            ast.parse(text)
            found.append(Mutant(path, line, name, text))
    return sorted(found, key=lambda m: hashlib.sha256(f"{seed} {m.name}".encode()).digest())


def tests(path: str) -> list[str]:
    """Return the test files for a mutant of `path`, those of its module first."""
    folder, stem = path.split("/")[0], Path(path).stem
    names = SUITES[folder].split()
    near = OWN.get(stem, stem), Path(path).parent.name
    names.sort(key=lambda name: not name.startswith(near))
    return [FILES[f"test_{name}"].relative_to(ROOT).as_posix() for name in names]


def run(copy: Path, path: str) -> tuple[int | None, str]:
    """Return the exit code of the tests, None if they do not end, and what they printed."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    command += ["-m", "not slow", *tests(path)]
    quiet = {"PYTHONDONTWRITEBYTECODE": "1"}
    output = copy.with_suffix(".log")
    with output.open("w") as log, subprocess.Popen(
        ["nice", "-n", "10", *command], cwd=copy, env=os.environ | quiet, stdin=subprocess.DEVNULL,
        stdout=log, stderr=log, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            code = process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            code = None
    return code, output.read_text(errors="replace")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: symbreak and snippets")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", default=SEED, help="another sample")
    parser.add_argument("--list", action="store_true", help="name the mutants; run nothing")
    options = parser.parse_args()
    everything = mutants(options.paths, options.seed)
    chosen = everything[: options.count]
    if options.list:
        print("\n".join(f"{m.name}\n{m.diff()}" for m in chosen))
        return 0
    counts = known(options.seed)
    reasons = dict(line.split("  # ") for line in HARMLESS.read_text().splitlines() if line)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies: queue.Queue[Path] = queue.Queue()
        for number in range(PROCESSES):
            copy = Path(folder, str(number))
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
            (copy / "node_modules").symlink_to(ROOT / "node_modules")
            copies.put(copy)
        for suite in sorted({mutant.path.split("/")[0] for mutant in chosen}):
            start = time.monotonic()
            code, said = run(copy, f"{suite}/__init__.py")
            print(f"tests of {suite}, unchanged: {time.monotonic() - start:.0f} s", flush=True)
            if code != 0:
                print(said)
                return 2

        def survives(mutant: Mutant) -> bool:
            copy = copies.get()
            (copy / mutant.path).write_text(mutant.text, encoding="utf-8")
            code, said = run(copy, mutant.path)
            shutil.copy(ROOT / mutant.path, copy / mutant.path)
            copies.put(copy)
            if code not in (0, 1, 2, 3, 4, None):
                print(said)  # nothing a mutant can do
            what = "survived" if code == 0 else "killed" if code else "did not end: killed"
            print(f"{what:<9} {mutant.name.replace(':', f':{mutant.line}', 1)}", flush=True)
            return code == 0

        with ThreadPoolExecutor(PROCESSES) as pool:
            alive = [m for m, lives in zip(chosen, pool.map(survives, chosen)) if lives]
    killed = len(chosen) - len(alive)
    print(f"\n{killed} of {len(chosen)} killed, of {len(everything)} there are; survived:")
    for mutant in alive:
        print(
            f"\n{mutant.name}\n{mutant.diff()}\n    {reasons.get(mutant.name, 'NO REASON GIVEN')}"
        )
    if options.paths:
        print(results.kept(COUNTS))
    else:
        row = {"sample": len(chosen), "of": len(everything), "killed": killed}
        keep(options.seed, row, counts)
    return 1 if any(mutant.name not in reasons for mutant in alive) else 0


def known(seed: str) -> dict[str, dict[str, int]]:
    """Return the counts that are there, by seed; the usual sample may begin anew."""
    try:
        return results.read(COUNTS)
    except ValueError:
        if seed != SEED:
            raise
        return {}


def keep(seed: str, row: dict[str, int], counts: dict[str, dict[str, int]]) -> None:
    """Write the counts of a sample beside those of other seeds, if it is no part of one there."""
    if row["sample"] < counts.get(seed, row)["sample"]:
        print(results.kept(COUNTS))
    else:
        results.write(COUNTS, counts | {seed: row})


if __name__ == "__main__":
    sys.exit(main())
