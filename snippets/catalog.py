"""Which examples there are, and what their results depend on."""

import ast
import hashlib
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "snippets"
DOCS = ROOT / "docs"
CACHE = Path(os.environ.get("SYMBREAK_CACHE", ROOT / ".cache"))

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
TOLERANCE = re.compile(r"^# tolerance: (\d+(?:\.\d+)?(?:e-\d+)?) because .+$", re.MULTILINE)
LIMIT = re.compile(r"^# limit: (\d+) s$", re.MULTILINE)
DATA = re.compile(r"^# data: (SYMBREAK_[A-Z]+)$", re.MULTILINE)
# How the comments to the machine begin, and how they are to be written.
COMMENTS = {
    "# tolerance": (TOLERANCE, "# tolerance: <number such as 0.01 or 1e-3> because <reason>"),
    "# limit": (LIMIT, "# limit: <whole number> s"),
    "# data:": (DATA, "# data: SYMBREAK_<NAME>"),
}
DEFAULT_LIMIT = 60  # seconds
PATIENCE = int(os.environ.get("SYMBREAK_PATIENCE", "1"))  # times the limits, on slow machines

# What executes an example and turns it into a result. The rest of the machine only reads results.
EXECUTORS = ("catalog.py", "run.py", "figures.py")
# Settings of the environment that choose another arithmetic, hence other last digits, and what
# they are when nobody sets them. One thread: several examples run at once.
ARITHMETIC = {
    "OPENBLAS_NUM_THREADS": "1",
    "OPENBLAS_CORETYPE": "",
    "NPY_DISABLE_CPU_FEATURES": "",
}


@dataclass(frozen=True)
class Snippet:
    """One example: `<page>/<name>`, its source, and what its comments say to the machine."""

    name: str

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.py"

    @property
    def record(self) -> Path:
        return FOLDER / f"{self.name}.out"

    @property
    def kept(self) -> Path:
        """Where the result is kept if the example needs data that cannot lie here."""
        return FOLDER / f"{self.name}.json"

    @cached_property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def claim(self) -> str:
        """The header docstring in one line; empty where there is none."""
        try:
            return " ".join((ast.get_docstring(ast.parse(self.source)) or "").split())
        except SyntaxError:
            return ""

    @property
    def tolerance(self) -> float:
        """Absolute tolerance on decimals, from `# tolerance: 0.01 because <reason>`."""
        found = TOLERANCE.search(self.source)
        return float(found[1]) if found else 0.0

    @property
    def limit(self) -> int:
        """Seconds it may take, from `# limit: 120 s`."""
        found = LIMIT.search(self.source)
        return PATIENCE * (int(found[1]) if found else DEFAULT_LIMIT)

    @property
    def data(self) -> str:
        """The variable that names the folder of its data, from `# data: SYMBREAK_CATS`."""
        found = DATA.search(self.source)
        return found[1] if found else ""

    @property
    def lacks_data(self) -> bool:
        return bool(self.data) and not os.environ.get(self.data)

    def key(self, package: bytes | None = None) -> str:
        """Hash everything that can change the result, read from disk at each call.

        Who asks for many keys at once reads the package once, and gives its digest.
        """
        parts = [self.path.read_bytes(), *self._data_digests()]
        parts += [(FOLDER / name).read_bytes() for name in EXECUTORS]
        if b"symbreak" in parts[0]:
            parts.append(package or package_digest())
        parts += [f"{k}={os.environ.get(k, v)}".encode() for k, v in ARITHMETIC.items()]
        parts += [self.name.encode(), versions().encode()]
        return _joint(parts).hex()

    def _data_digests(self) -> list[bytes]:
        """Hash what it may read: files beside it that belong to no example, and its data."""
        folder = self.path.parent
        files = (path for path in sorted(folder.iterdir()) if path.is_file())
        found = [digest([p for p in files if not p.with_suffix(".py").exists()], folder)]
        if self.data and not self.lacks_data:
            data = Path(os.environ[self.data])
            found.append(digest(sorted(data.glob("*.h5")), data))
        return found


def package_digest() -> bytes:
    """Hash the package as it is on disk now."""
    return digest(sorted((ROOT / "symbreak").rglob("*.py")), ROOT)


def digest(paths: Iterable[Path], folder: Path) -> bytes:
    """Hash files with their places in a folder: a module that is renamed is another."""
    return _joint(
        f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() for path in paths
    )


def _joint(parts: Iterable[bytes]) -> bytes:
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()


@cache  # looking them up costs more than all the rest of a key
def versions() -> str:
    """Name what examples compute and draw with; scikit-learn has the digits."""
    packages = [f"{name} {_version(name)}" for name in ("numpy", "matplotlib", "scikit-learn")]
    return ", ".join([f"Python {platform.python_version()}", *packages])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def snippets() -> dict[str, Snippet]:
    """Return all examples on disk by name, sorted."""
    names = (f"{p.parent.name}/{p.stem}" for p in FOLDER.glob("[!_.]*/*.py"))
    return {name: Snippet(name) for name in sorted(names)}


def problems() -> list[str]:
    """Return what is wrong with the files themselves, one sentence each."""
    found = []
    for name, snippet in snippets().items():
        where = f"snippets/{name}.py"
        if not NAME.fullmatch(name):
            found.append(f"{where}: a name is lower-case words joined by hyphens")
        if snippet.path.stem in sys.stdlib_module_names:
            found.append(f"{where}: the name hides Python's own module {snippet.path.stem!r}")
        found += bad_comments(where, snippet.source)
    for record in sorted(FOLDER.glob("[!_.]*/*.out")):
        if not record.with_suffix(".py").exists():
            found.append(f"{record.relative_to(ROOT)}: a record without a snippet; delete it")
    return found


def bad_comments(where: str, source: str) -> Iterator[str]:
    """Find the comments to the machine that it would not understand."""
    for number, line in enumerate(source.splitlines(), start=1):
        for beginning, (pattern, form) in COMMENTS.items():
            if beginning in line and not pattern.fullmatch(line):
                yield f"{where}:{number}: write {form!r}, got {line.strip()!r}"
