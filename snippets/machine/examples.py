"""Which examples there are, what their headers say, and what their results depend on."""

import ast
import difflib
import hashlib
import os
import platform
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

MACHINE = Path(__file__).resolve().parent
FOLDER = MACHINE.parent
ROOT = FOLDER.parent
DOCS = ROOT / "docs"
CACHE = Path(os.environ.get("SYMBREAK_CACHE") or ROOT / ".cache").absolute()

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
# The comments to the machine, `# <word>: ...`: what follows the word, and how it is to be written.
COMMENTS = {
    "tolerance": (
        r"(\d+(?:\.\d+)?(?:e-\d+)?) in figures because .+",
        "<number such as 0.01> in figures because <reason>",
    ),
    "limit": (r"(\d+) s", "<whole number> s"),
    "files": (r"([\w.-]+(?: [\w.-]+)*)", "<name beside the example> ..."),
    "data": (r"(SYMBREAK_[A-Z]+)", "SYMBREAK_<NAME>"),
    "needs": (r"([a-z][\w-]*(?: [a-z][\w-]*)*)", "<package> ..."),
}
NAMES = "symbreak/"  # stands for the names of all modules of the package
ABSENT = "not installed"
HIDDEN = ".#"  # begin the names of what editors put beside a file
DEFAULT_LIMIT = 60  # seconds
PATIENCE = int(os.environ.get("SYMBREAK_PATIENCE", "1"))  # times the limits, on slow machines

# What executes an example and turns it into a result. The rest of the machine only reads results.
EXECUTORS = ("examples.py", "labs.py", "run.py", "figures.py")
# Settings of the environment that choose another arithmetic, hence other last digits, and what
# they are when nobody sets them. One thread: several examples run at once.
ARITHMETIC = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",  # PyTorch
    "OPENBLAS_CORETYPE": "",
    "NPY_DISABLE_CPU_FEATURES": "",
}


@dataclass(frozen=True)
class Cell:
    """A cell of code or prose. Code cells of labs have names, prose has none."""

    name: str
    source: str
    line: int  # of the file, where the text begins


@dataclass(frozen=True)
class Example:
    """One example, `<page>/<name>`: its source, and what its comments say to the machine."""

    name: str

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.py"

    @property
    def place(self) -> str:
        """Return its file, as messages name it."""
        return f"snippets/{self.name}.py"

    @property
    def record(self) -> Path:
        return self.path.with_suffix(".out")

    @property
    def kept(self) -> Path:
        """Where the result is kept if the example cannot run everywhere, see `is_kept`."""
        return self.path.with_suffix(".json")

    @cached_property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def head(self) -> str:
        """The part of the source in which comments speak to the machine."""
        return self.source

    @property
    def claim(self) -> str:
        """The header docstring in one line; empty where there is none."""
        try:
            return " ".join((ast.get_docstring(ast.parse(self.source)) or "").split())
        except SyntaxError:
            return ""

    @property
    def code(self) -> tuple[Cell, ...]:
        """The cells that are run: of an example, one."""
        return (Cell("", self.source, 1),)

    @property
    def answered(self) -> tuple[Cell, ...]:
        """The same with blanks filled in, which are run as well; empty if there are no blanks."""
        return ()

    def _said(self, word: str) -> str:
        """Return what a comment says to the machine; empty if there is none."""
        found = re.search(rf"^# {word}: {COMMENTS[word][0]}$", self.head, re.MULTILINE)
        return found[1] if found else ""

    @property
    def tolerance(self) -> float:
        """Tolerance on what figures draw, from `# tolerance: 0.01 in figures because <reason>`."""
        return float(self._said("tolerance") or 0)

    @property
    def limit(self) -> int:
        """Seconds it may take, from `# limit: 120 s`."""
        return PATIENCE * int(self._said("limit") or DEFAULT_LIMIT)

    @property
    def files(self) -> list[Path]:
        """The files beside it that it reads, from `# files: points.csv`."""
        return [self.path.with_name(name) for name in self._said("files").split()]

    @property
    def data(self) -> str:
        """The variable that names the folder of its data, from `# data: SYMBREAK_CATS`."""
        return self._said("data")

    @property
    def needs(self) -> list[str]:
        """The packages that requirements.lock does not have, from `# needs: keras torch`."""
        return self._said("needs").split()

    @property
    def is_kept(self) -> bool:
        """Whether its result is kept beside it, to be shown where it cannot run."""
        return bool(self.data or self.needs)

    @property
    def lacks(self) -> str:
        """What it needs to run and is not here; empty if it can run."""
        if self.data and not os.environ.get(self.data):
            return f"{self.data}=<folder>"
        return ", ".join(name for name in self.needs if package_version(name) == ABSENT)

    def key(self) -> str:
        """Hash what can change the result, beside the modules of symbreak that it imports.

        Everything is read from disk at each call. Which modules are imported is known after a run:
        the result names them, see `run.load`.
        """
        parts = [digest([path for path in self.files if path.is_file()], self.path.parent)]
        if self.data and os.environ.get(self.data):
            data = Path(os.environ[self.data])
            parts.append(digest(sorted(data.glob("*.h5")), data))
        cells = [(cell.name, cell.source) for cell in (*self.code, *self.answered)]
        settings = [f"{k}={os.environ.get(k, v)}" for k, v in ARITHMETIC.items()]
        needed = [package_version(name) for name in self.needs]
        said = repr([self.name, cells, settings, versions(), *needed])
        return joint([*parts, executors(), said.encode()]).hex()


def executors() -> bytes:
    """Hash the code that runs an example, as it is on disk now."""
    return digest([MACHINE / name for name in EXECUTORS], MACHINE)


def package() -> dict[str, str]:
    """Hash each module of the package as it is on disk now, and under `NAMES` their places.

    A table of the same name beside a module is a part of it.
    """
    paths = sorted(p for p in (ROOT / "symbreak").rglob("*.py") if p.name[0] not in HIDDEN)
    found = {}
    for p in paths:
        files = [p, *p.parent.glob(f"{p.stem}.toml")]
        found[p.relative_to(ROOT).as_posix()] = joint(f.read_bytes() for f in files).hex()
    return found | {NAMES: joint(name.encode() for name in found).hex()}


def package_digest() -> str:
    """Hash the package as a whole."""
    return joint([repr(package()).encode()]).hex()


def digest(paths: Iterable[Path], folder: Path) -> bytes:
    """Hash files with their places in a folder: a module that is renamed is another."""
    return joint(
        f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() for path in paths
    )


def joint(parts: Iterable[bytes]) -> bytes:
    """Hash several contents: where one ends and the next begins matters."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()


@cache  # looking them up costs more than all the rest of a key
def versions() -> str:
    """Name what examples compute and draw with; scikit-learn has the digits."""
    names = "numpy", "matplotlib", "scikit-learn"
    packages = [f"{name} {package_version(name)}" for name in names]
    return ", ".join([f"Python {platform.python_version()}", *packages])


def package_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ABSENT


def examples() -> dict[str, Example]:
    """Return all examples on disk by name, sorted. A folder that is a Python package is no page."""
    paths = (
        path for page in _pages() for path in page.glob("*.py") if path.name[0] not in f"{HIDDEN}_"
    )
    return {name: Example(name) for name in sorted(f"{p.parent.name}/{p.stem}" for p in paths)}


def near(name: str, known: Collection[str], otherwise: str = "") -> str:
    """Say which of the known names may have been meant: of that name on another page, or alike."""
    found = [k for k in known if "/" in name and k.endswith(name[name.index("/") :])]
    found = found or difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {found[0]!r}?" if found else otherwise


def _pages() -> list[Path]:
    folders = [path for path in FOLDER.iterdir() if path.is_dir() and path.name[0] not in "._"]
    return sorted(path for path in folders if not (path / "__init__.py").exists())


def problems() -> list[str]:
    """Return what is wrong with the files of the examples, one sentence each."""
    found = []
    for example in examples().values():
        found += faults(example)
        if (stem := example.path.stem) in sys.stdlib_module_names:
            found.append(f"{example.place}: the name hides Python's own module {stem!r}")
    return [*found, *orphans(path for page in _pages() for path in page.glob("*.out"))]


def faults(example: Example) -> Iterator[str]:
    """Find what is wrong with a file: its name, and the comments to the machine."""
    where = example.place
    if not NAME.fullmatch(example.name):
        yield f"{where}: a name is lower-case words joined by hyphens"
    for number, line in enumerate(example.head.splitlines(), start=1):
        for word, (pattern, form) in COMMENTS.items():
            colon = "" if word in ("tolerance", "limit") else ":"  # the others begin sentences, too
            if f"# {word}{colon}" in line and not re.fullmatch(f"# {word}: {pattern}", line):
                yield f"{where}:{number}: write '# {word}: {form}', got {line.strip()!r}"
    for path in example.files:
        if not path.is_file():
            yield f"{where}: '# files:' names {path.name}, which is not in its folder"


def orphans(records: Iterable[Path]) -> Iterator[str]:
    """Find the records of examples that are gone."""
    for record in sorted(records):
        if not record.with_suffix(".py").exists():
            yield f"{record.relative_to(ROOT)}: a record without an example; delete it"
