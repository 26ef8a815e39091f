"""Examples are run: what each run leaves, what ends it, and when it is run again."""

import contextlib
import dataclasses
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest
from waiting import until

from snippets.machine import cache, examples, run
from snippets.machine.examples import CACHE, ROOT, Example, package
from snippets.machine.labs import Lab
from snippets.machine.run import Result, Runner, bring_up_to_date

PACKAGE = {
    "__init__": "",
    "theory": "from symbreak import numbers\n\nFOUR = numbers.TWO * numbers.TWO\n",
    "numbers": "TWO = 2\n",
    "other": "FIVE = 5\n",
}


class Project:
    """A folder with the machine, a small package and no example, and what the tests do there."""

    def __init__(self, root: Path):
        self.root = root

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def example(self, name: str, code: str, header: str = "") -> Example:
        self.write(f"snippets/{name}.py", f'"""A claim."""\n{header}\n{code}\n')
        return Example(name)

    def counted(self, name: str, code: str = "", header: str = "") -> Example:
        """Write an example that counts its runs, outside of what its result depends on."""
        file = self.root / "runs"
        return self.example(name, f'open({str(file)!r}, "a").write("{name} ")\n{code}', header)

    def runs(self) -> list[str]:
        file = self.root / "runs"
        return file.read_text().split() if file.exists() else []

    def sleeper(self, name: str, code: str = "", header: str = "") -> Example:
        """Write an example that says its process number, then sleeps for a minute."""
        say = f"import os, time\nopen({str(self.said(name))!r}, 'w').write(f'{{os.getpid()}}\\n')"
        return self.example(name, f"{say}\n{code}\ntime.sleep(60)", header)

    def said(self, name: str) -> Path:
        return self.root / f"{name.replace('/', '.')}.said"

    def process(self, name: str) -> int:
        """Wait until an example has said its process number, and return that."""
        file = self.said(name)
        until(lambda: file.exists() and file.read_text().endswith("\n"))
        return int(file.read_text())


def make(tmp_path: Path, monkeypatch, *, whole: bool = False) -> Project:
    """Make a project, in which the machine works from now on, here and in processes of its own.

    Its package is the small one or, with `whole`, that of this checkout.
    """
    project = Project(tmp_path / "project")
    copies = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "snippets/machine", project.root / "snippets/machine", ignore=copies)
    for name in ("__init__.py", "__main__.py"):
        shutil.copy(ROOT / "snippets" / name, project.root / "snippets")
    if whole:
        shutil.copytree(ROOT / "symbreak", project.root / "symbreak", ignore=copies)
    for name, source in ({} if whole else PACKAGE).items():
        project.write(f"symbreak/{name}.py", source)
    project.write("docs/index.md", "# Page\n")
    fonts = tmp_path.parent / "matplotlib"  # matplotlib lists them once, not for each project
    fonts.mkdir(exist_ok=True)
    (project.root / ".cache").mkdir()
    (project.root / ".cache/matplotlib").symlink_to(fonts)
    _move(project.root, monkeypatch)
    monkeypatch.setattr(run, "INTERRUPTED", {})
    return project


def _move(root: Path, monkeypatch) -> None:
    """Let every path that the machine has as a constant lie in another checkout."""
    monkeypatch.delenv("SYMBREAK_CACHE", raising=False)
    for name, module in list(sys.modules.items()):
        if name.startswith("snippets."):
            for constant, value in list(vars(module).items()):
                if isinstance(value, Path) and value.is_relative_to(CACHE):
                    moved = root / ".cache" / value.relative_to(CACHE)
                elif isinstance(value, Path) and value.is_relative_to(ROOT):
                    moved = root / value.relative_to(ROOT)
                else:
                    continue
                monkeypatch.setattr(module, constant, moved)


@pytest.fixture
def project(tmp_path, monkeypatch):
    return make(tmp_path, monkeypatch)


def quietly(*chosen: Example, again: bool = False) -> list[Result]:
    found = bring_up_to_date(chosen, again=again, report=lambda line: None)
    return [found[example.name] for example in chosen]


@pytest.fixture
def runs_nothing(monkeypatch):
    """From its call on, whoever starts a runner fails."""

    def start():
        raise AssertionError("a runner was started")

    return lambda: monkeypatch.setattr(run, "Runner", start)


def is_alive(process: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be collected does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def ended(runner: Runner, number: int = 1) -> dict[str, str]:
    """Wait until so many examples have ended, and return their names and errors."""
    found = {}

    def told():
        events = [event for event in runner.events(0.05) if event["event"] == "ended"]
        found.update({event["name"]: event["error"] for event in events})
        return len(found) >= number

    until(told, lambda: found)
    return found


# What a run leaves --------------------------------------------------------------------------------

WARN = (
    "import warnings\n"
    "warnings.warn_explicit('old', DeprecationWarning, 'core.py', 1, module='numpy.core')\nprint(1)"
)
# The code of an example, what its error says (nothing: it has none), and whether that is kept.
OUTCOMES = {
    "good": ('print("four")', "", True),
    "main": ("import sys\nassert __name__ == '__main__'\nprint(sys.argv[0] == __file__)", "", True),
    "package": ("from symbreak import theory\nprint(theory.FOUR)", "", True),
    "name-error": ("print(two)", "NameError: name 'two' is not defined", True),
    "syntax-error": ("print(", "SyntaxError: '(' was never closed", True),
    "exit": ("raise SystemExit(0)", "SystemExit: 0", True),
    "exit-in-sys": ("import sys\nsys.exit('enough')", "SystemExit: enough", True),
    "warning": ("import warnings\nwarnings.warn('old')", "UserWarning: old", True),
    "warning-of-what-it-needs": (f"# needs: numpy\n{WARN}", "", True),
    "warning-of-another": (f"# needs: matplotlib\n{WARN}", "DeprecationWarning: old", True),
    "os-error": ("open('/nowhere/at/all')", "FileNotFoundError: ", True),
    "crash": ("import os\nos._exit(3)", "The process ended without a result.", True),
    "crash-said": ("import os\nos.write(2, b'no memory')\nos._exit(3)", "no memory", True),
    "segfault": ("import os\nos.kill(0, 11)", "The process ended without a result.", True),
    "slow": ("# limit: 1 s\nwhile True:\n    pass", "It did not end within 1 s:\n", True),
    "keyboard": ("raise KeyboardInterrupt", "KeyboardInterrupt", False),
    "memory": ("raise MemoryError('all of it')", "MemoryError: all of it", False),
    "terminated": (
        "import os\nos.kill(os.getpid(), 15)", "It was ended from outside, by SIGTERM.", False
    ),
    "full-disk": (
        "import errno, os\nraise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))",
        "OSError: [Errno 28] No space left on device",
        False,
    ),
    "full-when-storing": (
        "import errno\nfrom snippets.machine import cache\n"
        "def full(*arguments):\n    raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "cache.write = full\nprint(1)",
        "OSError: [Errno 28] No space left on device",
        False,
    ),
    "file": (
        "print(open(__file__.replace('file.py', 'points.csv')).read())",
        "It opens snippets/page/points.csv, which its header does not name: add the line "
        "'# files: points.csv' to snippets/page/file.py, with the file beside it",
        True,
    ),
    "file-named": (
        "# files: points.csv\nprint(open(__file__.replace('file-named.py', 'points.csv')).read())",
        "",
        True,
    ),
    "page-read": (
        "print(open('docs/index.md').read())",
        "It opens docs/index.md, which its header does not name",
        True,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Return what became of all of these, and what is kept of each."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        project = make(tmp_path_factory.mktemp("outcomes"), monkeypatch)
        project.write("snippets/page/points.csv", "1 2\n")
        chosen = [project.example(f"page/{n}", code) for n, (code, _, _) in OUTCOMES.items()]
        results = bring_up_to_date(chosen, report=lambda line: None)
        assert list((project.root / ".cache/aside").iterdir()) == []
        return {e.path.stem: (results[e.name], run.load(e)) for e in chosen}


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_result_says_how_a_run_ended(outcomes, name):
    result, _ = outcomes[name]
    _, error, _ = OUTCOMES[name]
    assert error in result.error and bool(result.error) == bool(error)
    assert str(ROOT) not in result.error and "/project/" not in result.error


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_result_is_kept_unless_it_was_interrupted(outcomes, name):
    result, kept = outcomes[name]
    assert kept == (result if OUTCOMES[name][2] else None)


def test_a_result_holds_what_was_printed(outcomes):
    assert outcomes["good"][0].stdout == "four\n"
    assert outcomes["main"][0].stdout == "True\n"
    assert outcomes["package"][0].stdout == "4\n"
    assert outcomes["file-named"][0].stdout == "1 2\n\n"


def test_an_error_begins_with_the_line_of_the_example(outcomes):
    assert outcomes["name-error"][0].error.splitlines()[:3] == [
        "Traceback (most recent call last):",
        '  File "snippets/page/name-error.py", line 3, in <module>',
        "    print(two)",
    ]
    assert 'File "snippets/page/syntax-error.py", line 3' in outcomes["syntax-error"][0].error
    assert "page/slow.py" in outcomes["slow"][0].error  # where it was when its time was up


def test_a_result_names_the_modules_of_the_package_that_were_imported(outcomes):
    assert set(outcomes["package"][0].modules) == {
        "symbreak/", "symbreak/__init__.py", "symbreak/theory.py", "symbreak/numbers.py"
    }  # fmt: skip
    assert outcomes["good"][0].modules == {}


@pytest.mark.parametrize("name", ["name-error", "crash", "slow"])
def test_a_failure_depends_on_all_modules(outcomes, name):
    assert "symbreak/other.py" in outcomes[name][0].modules


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_somebody_ends_is_not_kept_and_runs_again(project, signal_):
    example = project.sleeper("page/long")
    with Runner() as runner:
        runner.want(["page/long"])
        os.kill(project.process("page/long"), signal_)
        told = ended(runner)["page/long"]
    said = "KeyboardInterrupt" if signal_ == signal.SIGINT else f"by {signal_.name}."
    assert said in told
    assert run.load(example) is None
    project.said("page/long").unlink()
    with Runner() as runner:
        runner.want(["page/long"])
        assert project.process("page/long")


def test_a_figure_is_taken_with_its_alt_text_and_none_is_left_for_the_next(tmp_path, monkeypatch):
    project = make(tmp_path, monkeypatch, whole=True)  # it draws in the colors of the package
    draw = "import matplotlib.pyplot as plt\nfig = plt.figure(figsize=(2, 1))\nfig.alt = 'A  line.'"
    one, two = quietly(
        project.example("page/one", draw), project.example("page/two", f"{draw}\nprint(2)")
    )
    for result in (one, two):
        (figure,) = result.figures
        assert (figure["alt"], figure["caption"], figure["size"]) == ("A line.", "", [192, 96])
        assert figure["svg"].startswith("<svg") and "png" not in figure
    assert (one.stdout, two.stdout) == ("", "2\n")


LAB = """\
# %% [markdown]
# # A lab

# %% first
from symbreak import numbers
2 + numbers.TWO

# %% guess
guess = ...  # your prediction

# %% check
print(guess)

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# {answer}
# ```
#
# </details>
"""
ANSWERS = {
    "right": ("guess = 4", ""),
    "module": ("from symbreak import other\n# guess = other.FIVE", ""),
    "wrong": ("guess = four", "docs/labs/wrong.py: cell 'guess' with the answer failed\nTraceback"),
    "interrupted": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "crashed": ("import os; os._exit(3)", "The process ended without a result."),
    "killed": ("import os; os.kill(os.getpid(), 9)", "It was ended from outside, by SIGKILL."),
}


def test_a_lab_runs_as_published_and_with_its_answers_which_never_meet(project):
    for name, (answer, _) in ANSWERS.items():
        project.write(f"docs/labs/{name}.py", LAB.format(answer=answer))
    found = quietly(*(Lab(f"labs/{name}") for name in ANSWERS))
    found = dict(zip(ANSWERS, found))
    for name, (_, error) in ANSWERS.items():
        assert error in found[name].error and bool(found[name].error) == bool(error)
    assert found["right"].cells == {
        "first": [{"text": "4\n"}], "guess": [], "check": [{"text": "Ellipsis\n"}]
    }  # fmt: skip
    assert found["right"].answered["check"] == [{"text": "4\n"}]
    assert "symbreak/other.py" in found["module"].modules  # imported by the answer alone
    assert "symbreak/other.py" not in found["right"].modules
    kept = {name for name in ANSWERS if run.load(Lab(f"labs/{name}"))}
    assert kept == {"right", "module", "wrong", "crashed"}


# When an example is run again ---------------------------------------------------------------------


def test_a_kept_failure_is_run_again_only_on_request(project):
    crashes = project.counted("page/crash", "import os\nos._exit(3)")
    good = project.counted("page/good")
    quietly(crashes, good)
    assert sorted(project.runs()) == ["page/crash", "page/good"]
    crash, _ = quietly(crashes, good)
    assert len(project.runs()) == 2 and crash.error
    quietly(crashes, good, again=True)
    assert sorted(project.runs()) == ["page/crash", "page/crash", "page/good"]


def test_an_edit_that_is_taken_back_runs_nothing(project, runs_nothing):
    quietly(project.counted("page/one", "print(1)"))
    quietly(project.counted("page/one", "print(2)"))
    assert len(project.runs()) == 2
    runs_nothing()
    for text in ("1", "2", "1"):
        (result,) = quietly(project.counted("page/one", f"print({text})"))
        assert result.stdout == f"{text}\n"


def test_an_edit_of_the_package_that_is_taken_back_runs_nothing(project, runs_nothing):
    example = project.example("page/one", "from symbreak import theory\nprint(theory.FOUR)")
    for two in ("2", "3"):
        project.write("symbreak/numbers.py", f"TWO = {two}\n")
        quietly(example)
    runs_nothing()
    for two, four in (("2", "4"), ("3", "9"), ("2", "4")):
        project.write("symbreak/numbers.py", f"TWO = {two}\n")
        assert quietly(example)[0].stdout == f"{four}\n"


@pytest.fixture
def used(project):
    """Return examples that were run: with a part of the package, without it, and one that fails."""
    return {
        "theory": project.counted("page/theory", "from symbreak import theory"),
        "numbers": project.counted("page/numbers", "from symbreak import numbers"),
        "nothing": project.counted("page/nothing"),
        "failure": project.counted("page/failure", "from symbreak import numbers\nprint(two)"),
    }


EDITS = {
    "a module": ("symbreak/theory.py", "FOUR = 4\n", {"theory", "failure"}),
    "a module that another imports": ("symbreak/numbers.py", "TWO = 1 + 1\n",
                                      {"theory", "numbers", "failure"}),
    "a module that none imports": ("symbreak/other.py", "FIVE = 6\n", {"failure"}),
    "a new module": ("symbreak/math.py", "", {"theory", "numbers", "failure"}),
    "a new module in a folder": ("symbreak/new/__init__.py", "", {"theory", "numbers", "failure"}),
    "a file that is no module": ("symbreak/notes.txt", "", set()),
    "another example": ("snippets/page/other.py", "print(1)\n", set()),
    "a record": ("snippets/page/theory.out", "1\n", set()),
    "a page": ("docs/index.md", "# Other\n", set()),
    "what judges": ("snippets/machine/verdict.py", "x = 1\n", set()),
    "what runs": ("snippets/machine/figures.py", "x = 1\n",
                  {"theory", "numbers", "nothing", "failure"}),
}  # fmt: skip


def test_only_what_an_edit_can_change_is_run_again(project, used):
    quietly(*used.values())
    assert len(project.runs()) == 4
    for edit, (name, text, expected) in EDITS.items():
        path = project.root / name
        before = path.read_text() if path.exists() else None
        project.write(name, text)
        assert {n for n, e in used.items() if run.load(Example(e.name)) is None} == expected, edit
        path.unlink() if before is None else path.write_text(before)
        assert all(run.load(Example(e.name)) for e in used.values()), edit
    (project.root / "symbreak/other.py").rename(project.root / "symbreak/another.py")
    assert run.load(used["nothing"]) and not run.load(used["numbers"])


def test_an_example_is_run_again_with_the_package_as_it_is_then(project):
    example = project.counted("page/one", "from symbreak import numbers\nprint(numbers.TWO)")
    assert quietly(example)[0].stdout == "2\n"
    project.write("symbreak/other.py", "FIVE = 6\n")
    assert quietly(example)[0].stdout == "2\n" and len(project.runs()) == 1
    project.write("symbreak/numbers.py", "TWO = 22\n")
    assert quietly(example)[0].stdout == "22\n" and len(project.runs()) == 2


def test_a_failure_mends_with_a_module_that_it_could_not_import(project):
    example = project.example("page/one", "from symbreak import new\nprint(new.SIX)")
    assert "cannot import name 'new'" in quietly(example)[0].error
    project.write("symbreak/new.py", "SIX = 6\n")
    assert quietly(example)[0].stdout == "6\n"


def test_a_named_file_runs_its_example_again(project):
    path = project.write("snippets/page/points.csv", "1\n")
    code = f"print(open({str(path)!r}).read())"
    example = project.example("page/one", code, header="# files: points.csv")
    assert quietly(example)[0].stdout == "1\n\n"
    path.write_text("2\n")
    assert quietly(example)[0].stdout == "2\n\n"


class Orders:
    """In place of a runner: note what is to be run, and say that it was."""

    lists: tuple[list[str], ...] = ()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        pass

    def want(self, names):
        Orders.lists += (list(names),)

    def events(self, timeout=None):
        for name in Orders.lists[-1]:
            yield {"event": "ended", "name": name, "seconds": 0.25, "error": "Interrupted"}


@pytest.fixture
def orders(monkeypatch):
    monkeypatch.setattr(Orders, "lists", ())
    monkeypatch.setattr(run, "Runner", Orders)
    return Orders


def test_what_may_take_longest_starts_first(project, orders):
    lines = {"page/short": "# limit: 2 s", "page/one": "", "page/long": "# limit: 300 s"}
    chosen = [project.example(name, "print(1)", line) for name, line in lines.items()]
    said = []
    results = bring_up_to_date(chosen, report=said.append)
    assert orders.lists == (["page/long", "page/one", "page/short"],)
    assert said[-1] == "[3/3] page/short 0.2 s" and len(said) == 3
    assert {result.error for result in results.values()} == {"Interrupted"}


def test_a_line_says_what_is_still_running(project):
    project.example("page/one", "print(1)", "# limit: 90 s")
    event = {"event": "running", "name": "page/one", "seconds": 10.2}
    assert run.told(event, 2, 5) == "[2/5] page/one is running, 10 of 90 s"


# While it runs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("edited", ["the example", "the package", "a file beside it"])
def test_an_edit_of_what_is_running_ends_that_run(project, edited):
    project.write("snippets/page/points.csv", "1\n")
    example = project.sleeper("page/long", header="# files: points.csv")
    other = project.sleeper("page/other")
    with Runner() as runner:
        runner.want(["page/long", "page/other"])
        first = project.process("page/long")
        second = project.process("page/other")
        project.said("page/long").unlink()
        if edited == "the example":
            project.example("page/long", "print('new')")
        elif edited == "the package":
            project.write("symbreak/numbers.py", "TWO = 3\n")
        else:
            project.write("snippets/page/points.csv", "2\n")
        if edited == "the example":
            assert ended(runner) == {"page/long": ""}
            assert run.load(Example("page/long")).stdout == "new\n"
            assert is_alive(second)
        else:
            assert project.process("page/long") != first
            assert run.load(example) is None
        assert not is_alive(first)
        assert is_alive(second) == (edited != "the package")
        assert other.name == "page/other"


EDITS_ITSELF = """\
import os, pathlib, time
path = pathlib.Path(__file__)
text = path.read_text()
if "# o" "ld" in text:
    path.write_text(text.replace("# o" "ld", "# new"))
    {end}
print("done")
"""


@pytest.mark.parametrize("end", ["os._exit(3)", "time.sleep(60)", "print(two)", "print(2)"])
def test_what_became_of_old_code_is_not_kept_for_the_new(project, end):
    example = project.example("page/edited", EDITS_ITSELF.format(end=end), "# old")
    (result,) = quietly(example)
    new = Example("page/edited")
    assert "\n# new\n" in new.source
    assert (result.error, result.stdout) == ("", "done\n")
    assert run.load(new) == result
    assert len(list((run.RESULTS / "page.edited").iterdir())) == 1


@pytest.mark.parametrize("seconds", [0, 1])
def test_an_example_that_edits_itself_each_time_is_given_up(project, seconds):
    code = "import time\nopen(__file__, 'a').write('#')\ntime.sleep({})\nprint(1)"
    example = project.example("page/edited", code.format(seconds))
    (result,) = quietly(example)
    assert result.error == "The files changed each time that it ran."
    assert run.load(Example("page/edited")) is None


def test_an_example_that_is_removed_is_reported_and_stops_nobody(project):
    gone, one = project.example("page/gone", ""), project.example("page/one", "print(1)")
    with Runner() as runner:
        gone.path.unlink()
        runner.want(["page/gone", "page/one"])
        errors = ended(runner, 2)
    assert errors["page/gone"].startswith("FileNotFoundError") and errors["page/one"] == ""
    assert run.load(one).stdout == "1\n"


def test_what_is_wanted_no_more_is_not_started(project):
    cores = os.cpu_count() or 1
    for number in range(cores):
        project.sleeper(f"page/long-{number}")
    project.counted("page/waits"), project.counted("page/urgent")
    with Runner() as runner:
        runner.want([*(f"page/long-{n}" for n in range(cores)), "page/waits"])
        processes = [project.process(f"page/long-{n}") for n in range(cores)]
        runner.want(["page/urgent"])
        os.kill(processes[0], signal.SIGKILL)
        assert set(ended(runner, 2)) == {"page/long-0", "page/urgent"}
        assert project.runs() == ["page/urgent"]


def test_what_is_running_is_not_started_twice(project):
    project.sleeper("page/long")
    with Runner() as runner:
        runner.want(["page/long"])
        first = project.process("page/long")
        project.said("page/long").unlink()
        runner.want(["page/long"])
        time.sleep(3 * run.LOOK)
        assert is_alive(first) and not project.said("page/long").exists()


# The end of processes -----------------------------------------------------------------------------

STARTS = """\
import pathlib, subprocess
started = subprocess.Popen(["sleep", "600"])
pathlib.Path({file!r}).write_text(f"{{started.pid}}\\n")
"""
ENDS = {
    "it ends": "print(1)",
    "it fails": "print(two)",
    "it crashes": "import os\nos._exit(3)",
    "its time is up": "while True:\n    pass",
    "it is killed": "import os\nos.kill(os.getpid(), 9)",
}


def test_what_an_example_has_started_ends_with_it(project):
    for number, code in enumerate(ENDS.values()):
        name = f"page/starts-{number}"
        start = STARTS.format(file=str(project.said(name)))
        project.example(name, f"{start}{code}", "# limit: 2 s")
    quietly(*(Example(f"page/starts-{number}") for number in range(len(ENDS))))
    left = {end for n, end in enumerate(ENDS) if is_alive(project.process(f"page/starts-{n}"))}
    for number in range(len(ENDS)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(project.process(f"page/starts-{number}"), signal.SIGKILL)
    assert left == set()


@pytest.fixture
def running(project):
    """Return a command that runs two examples, one of which has started a process, and all pids."""
    start = STARTS.format(file=str(project.said("page/started")))
    project.sleeper("page/one", start)
    project.write("docs/labs/two.py", LAB.format(answer="import time; time.sleep(60)"))
    code = (
        "from snippets.machine import run\n"
        "run.bring_up_to_date([run.find('page/one'), run.find('labs/two')])"
    )
    command = subprocess.Popen(
        [sys.executable, "-c", code], cwd=project.root, stdout=subprocess.PIPE
    )
    project.process("page/one")
    found = until(lambda: (tree := below(command.pid)) and len(tree) >= 5 and tree)
    yield command, found, project
    for process in [command.pid, *found]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    command.communicate()


def below(process: int) -> list[int]:
    """Return all that a process has started, and what those have."""
    done = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in done.stdout.splitlines()[1:]]
    found = [process]
    for parent in found:
        found += [pid for pid, of in pairs if of == parent]
    return found[1:]


@pytest.mark.parametrize("victim", ["the command", "the runner"])
def test_nothing_outlives_the_command_or_the_runner_that_is_killed(running, victim):
    command, found, _ = running
    os.kill(command.pid if victim == "the command" else found[0], signal.SIGKILL)
    until(lambda: not any(map(is_alive, found)), lambda: [p for p in found if is_alive(p)])
    assert command.wait() != 0


def test_a_command_says_that_its_runner_has_ended(project):
    project.sleeper("page/long")
    with Runner() as runner:
        runner.want(["page/long"])
        process = project.process("page/long")
        os.kill(runner._process.pid, signal.SIGKILL)
        with pytest.raises(RuntimeError, match="the examples ended with exit code -9"):
            until(lambda: list(runner.events(0.05)))
    until(lambda: not is_alive(process))


def test_a_runner_of_old_code_runs_nothing(project, monkeypatch):
    project.example("page/one", "print(1)")
    versions = iter([b"old", b"new"])
    monkeypatch.setattr(run, "executors", lambda: next(versions))
    command, runner = multiprocessing.Pipe()
    command.send(["page/one"])
    with pytest.raises(SystemExit, match="The code that runs the examples has changed"):
        run._run_wanted({}, runner)


def test_leaving_a_runner_ends_what_it_runs(project):
    example = project.sleeper("page/long")
    with Runner() as runner:
        runner.want(["page/long"])
        process = project.process("page/long")
    assert not is_alive(process)
    assert run.load(example) is None


# What is kept -------------------------------------------------------------------------------------


def stored(example: Example, text: str = "1\n") -> Result:
    result = Result(example.key(), cells={"": [{"text": text}]})
    run.store(example, result)
    return result


def test_a_result_cannot_be_changed(project):
    with pytest.raises(dataclasses.FrozenInstanceError):
        Result("").error = "none"


def test_a_result_is_read_as_it_was_kept(project):
    example = project.example("page/one", "print(1)")
    assert run.load(example) is None
    assert run.load(example) == run.load(example) == run.load(example)
    assert stored(example) == run.load(example)
    assert run.load(project.example("page/one", "print(2)")) is None


def test_a_damaged_result_is_none(project, capsys):
    example = project.example("page/one", "print(1)")
    stored(example)
    (path,) = (run.RESULTS / "page.one").iterdir()
    path.write_bytes(path.read_bytes().replace(b"1", b"2") + b" ")
    assert run.load(example) is None
    assert "is damaged: made again" in capsys.readouterr().err


def test_a_result_that_another_version_of_the_machine_wrote_is_none(project):
    example = project.example("page/one", "print(1)")
    stored(example)
    (path,) = (run.RESULTS / "page.one").iterdir()
    cache.write(path, json.dumps({"key": example.key(), "stdout": "1\n", "figures": []}))
    assert run.load(example) is None


def test_the_latest_results_of_an_example_are_kept(project):
    for number in range(cache.VERSIONS + 3):
        stored(project.example("page/one", f"print({number})"), f"{number}\n")
    assert len(list((run.RESULTS / "page.one").iterdir())) == cache.VERSIONS
    assert run.load(project.example("page/one", "print(2)")) is None
    assert run.load(project.example("page/one", "print(3)")).stdout == "3\n"


def test_an_interruption_is_noted_until_anything_changes(project):
    example = project.example("page/one", "print(1)")
    run.note("page/one", "It was ended from outside, by SIGKILL.")
    modules = package()
    assert run.load(example) is None
    assert run.load_last(example, modules).error == "It was ended from outside, by SIGKILL."
    assert run.load_last(project.example("page/one", "print(2)"), modules) is None
    example = project.example("page/one", "print(1)")
    project.write("symbreak/other.py", "FIVE = 6\n")
    assert run.load_last(example, package()) is None
    stored(example)
    assert run.load_last(example, modules).error == ""


# The surroundings ---------------------------------------------------------------------------------


def test_examples_read_the_byte_code_of_packages_and_leave_none(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    own = tmp_path / "own.py"
    own.write_text("import numpy; print(numpy.__cached__)")
    command = [sys.executable, "-c", "import own"]
    done = subprocess.run(
        command, cwd=tmp_path, env=run.environment(), capture_output=True, text=True, check=True
    )
    read = Path(done.stdout.strip())
    assert read.exists()
    assert read.is_relative_to(sysconfig.get_path("platlib"))
    assert list(tmp_path.iterdir()) == [own]


def test_a_run_leaves_nothing_in_the_checkout_but_the_cache(project):
    def files():
        paths = project.root.rglob("*")
        return {p for p in paths if not p.is_relative_to(project.root / ".cache")}

    example = project.example("page/one", "from symbreak import theory\nprint(theory.FOUR)")
    before = files()
    quietly(example)
    assert files() == before


def test_settings_of_the_arithmetic_are_those_of_the_key_unless_somebody_sets_them(monkeypatch):
    for name, value in examples.ARITHMETIC.items():
        monkeypatch.delenv(name, raising=False)
        assert run.environment().get(name, "") == value
        monkeypatch.setenv(name, "Prescott")
        assert run.environment()[name] == "Prescott"


def test_the_package_of_another_checkout_is_refused(project, tmp_path):
    (tmp_path / "other/symbreak").mkdir(parents=True)
    (tmp_path / "other/symbreak/__init__.py").touch()
    code = f"import sys\nsys.path.insert(0, {str(tmp_path / 'other')!r})\nimport symbreak\nprint(1)"
    (result,) = quietly(project.example("page/one", code))
    assert "symbreak must come from this checkout" in result.error
    assert "make install" in result.error
