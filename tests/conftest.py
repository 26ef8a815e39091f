"""A small site of its own, with the real machine: for what must fail, and how."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest
import results
from filelock import FileLock
from visits import address, browser  # noqa: F401  fixtures
from waiting import PATIENCE

ROOT = Path(__file__).resolve().parent.parent

CONFIG = """\
site_name: small
theme: {name: mkdocs, highlightjs: false}
plugins: []
hooks: [snippets/mkdocs_site/hooks.py]
watch: [snippets, symbreak]
markdown_extensions:
  - admonition
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - snippets.mkdocs_site.embed
  - snippets.mkdocs_site.tex
validation:
  links: {absolute_links: relative_to_docs}
"""

SNIPPET = '''"""Two and two make four."""

from symbreak import plots, printing

printing.show(total=2 + 2)
fig = plots.costs({"cost": ([0, 1, 2], [3.0, 2.0, 1.0])})
'''


class Site:
    """A project folder with one page and one example, and the commands to try on it."""

    def __init__(self, root: Path):
        self.root = root

    def create(self) -> None:
        root = self.root
        shutil.copytree(ROOT / "symbreak", root / "symbreak")
        (root / "snippets").mkdir()
        for name in ("__init__.py", "__main__.py", "machine", "mkdocs_site"):
            path = ROOT / "snippets" / name
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, root / "snippets" / name)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, root)
        (root / "node_modules").symlink_to(ROOT / "node_modules")
        self.write("mkdocs.yml", CONFIG)
        self.write("docs/index.md", "# Page\n\n@snippet page/four\n\nSo $2 + 2 = 4$.\n")
        self.write("snippets/page/four.py", SNIPPET)
        self.run("-m", "snippets", "--update", "page/four")
        code, said = self.build()
        assert code == 0, said

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert old in text, f"{name} does not contain {old!r}"
        self.write(name, text.replace(old, new))

    def environment(self) -> dict[str, str]:
        return os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"}

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=4 * PATIENCE,
        )

    def build(self, *options: str) -> tuple[int, str]:
        done = self.run("-m", "mkdocs", "build", *options)
        return done.returncode, done.stdout + done.stderr

    def copy(self, folder: Path) -> "Site":
        shutil.copytree(self.root, folder / "site", symlinks=True)
        return Site(folder / "site")

    def tree(self) -> dict[str, bytes]:
        """Return what is published: the content of each file by its name."""
        folder = self.root / "site"
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    def refused(self) -> tuple[list[str], str]:
        """Build, and return each problem for which nothing is published, and the whole log."""
        code, log = self.build()
        said = re.split(r"^(?=[A-Z]+ +-  )", log, flags=re.MULTILINE)
        *problems, last = [text for text in said if text.startswith("ERROR")]
        assert code != 0
        assert f"Nothing was published: {len(problems)} problem(s)" in last
        return problems, log

    def results(self) -> set[int]:
        """Return what tells each kept result from another one: a new one is an execution."""
        folder = self.root / ".cache" / "results"
        return {path.stat().st_ino for path in folder.glob("*/*")}


# As for the examples: on a busy machine, threads that wait for each other take many times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Generated input: a little, and the same each time; `make properties` tries much, and new.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(ROOT / ".cache" / "hypothesis"))
hypothesis.settings.register_profile(
    "few", max_examples=25, derandomize=True, deadline=None, database=None
)
hypothesis.settings.register_profile(
    "many", max_examples=200, deadline=None, database=None, print_blob=True
)
hypothesis.settings.load_profile("few")


# Two workers take a file each at a time: the longest first, so that none is left over for one.
LONGEST = ("browser", "labs", "faults", "loading", "try_it", "publish", "serve", "run")


def pytest_collection_modifyitems(items) -> None:
    names = {item: item.path.stem.removeprefix("test_") for item in items}
    items.sort(key=lambda item: (*LONGEST, names[item]).index(names[item]))
    for item in items:
        if "built" in item.fixturenames:
            item.add_marker("slow")


def pytest_terminal_summary(terminalreporter, exitstatus, config) -> None:
    if "strategies" not in sys.modules:
        return
    count = sys.modules["strategies"].count
    terminalreporter.write_line(f"{count} generated inputs")
    if config.getoption("hypothesis_profile") == "many":
        find = lambda: {"inputs": count}
        results.write_whole("checked/properties", find, config, exitstatus)


@pytest.fixture
def no_screen():
    """Draw without a screen, and leave no figure open."""
    import matplotlib
    import matplotlib.pyplot as plt

    matplotlib.use("agg")
    yield
    plt.close("all")


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Let one worker make a folder, which all others take: `once(name, make)`."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each has a folder of its own in the same one
        shared = shared.parent

    def made(name: str, make) -> Path:
        folder = shared / name
        with FileLock(shared / f"{name}.lock"):
            if not (folder / "done").exists():
                shutil.rmtree(folder, ignore_errors=True)  # of a worker that failed
                folder.mkdir()
                make(folder / "site")
                (folder / "done").touch()
        return folder / "site"

    return made


@pytest.fixture(scope="session")
def template(once) -> Site:
    return Site(once("template", lambda folder: Site(folder).create()))


@pytest.fixture
def site(template: Site, tmp_path: Path) -> Site:
    """Return a fresh copy of the small site: built once, nothing to report."""
    return template.copy(tmp_path)


# The limits of time are for a machine with nothing else to do; here other tests run. They are part
# of the key of a result: who shares the results has the same ones.
PATIENT = 4


@pytest.fixture(scope="session")
def built(once) -> Path:
    """Return the folder of the real site, built once for all tests."""
    return once("built", _build)


@pytest.fixture(scope="session")
def addressed(built, once) -> Path:
    """Return the folder of the real site, built with its address (after the other: it is kept)."""
    return once("addressed", lambda folder: _build(folder, SITE_URL="https://example.org/sub/"))


def _build(folder: Path, **variables: str) -> None:
    settings = {"NO_MKDOCS_2_WARNING": "1", "SYMBREAK_PATIENCE": str(PATIENT), **variables}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def trained_once():
    """Let both generations of a notebook, which compute the same, train once from a start."""
    import promised
    from hosts import arithmetic

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arithmetic, "descend", promised.Remembered(arithmetic.descend))
        yield
