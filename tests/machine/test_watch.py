"""While somebody edits, what has changed is run, and whoever shows it is told."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from filelock import FileLock, Timeout
from test_run import below, is_alive, make
from waiting import until

from snippets.machine import run, watch
from snippets.machine.examples import Example

WATCH = """
import time
from snippets.machine import watch
say = lambda line: print(line, flush=True)
watch.start(lambda: say("ARRIVED"), say)
time.sleep(600)
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    return make(tmp_path, monkeypatch)


SHOWS = """
import time
from snippets.machine import run, watch
from snippets.machine.examples import Example, package
say = lambda line: print(line, flush=True)
def arrived():
    last = run.load_last(Example("page/one"), package())
    say(f"SHOWN {last.error or last.stdout.strip()}")
    say("ARRIVED")
watch.start(arrived, say)
time.sleep(600)
"""


class Watched:
    """A process that watches, and what it has said."""

    def __init__(self, process, log):
        self.process, self._log = process, log

    @property
    def lines(self) -> list[str]:
        return self._log.read_text().splitlines()

    @property
    def arrived(self) -> int:
        return self.lines.count("ARRIVED")

    def ran(self) -> list[str]:
        """Return what has ended so far, one after the other."""
        return [line.split()[1] for line in self.lines if line.endswith(" s") and "of" not in line]

    def shown(self) -> str:
        """Return what it had of page/one when it said so for the last time."""
        return [line for line in self.lines if line.startswith("SHOWN ")][-1].partition(" ")[2]

    def until(self, condition):
        return until(condition, lambda: "\n".join(self.lines))


@contextmanager
def watching(project, code=WATCH):
    log = project.root / "watch.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=project.root, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        yield Watched(process, log)
    finally:
        left = [process.pid, *below(process.pid)]
        process.kill()
        process.wait()
        until(lambda: not any(map(is_alive, left)))


def is_locked(project) -> bool:
    try:
        with FileLock(project.root / ".cache/lock").acquire(timeout=0):
            return False
    except Timeout:
        return True


def result(name="page/one"):
    found = run.load(Example(name))
    return found and (found.error or found.stdout)


def test_what_is_stale_is_run_and_an_edit_is_noticed(project):
    project.example("page/one", "from symbreak import theory\nprint(theory.FOUR)")
    project.example("page/two", "print(2)")
    with watching(project) as watched:
        watched.until(lambda: watched.arrived == 1)
        assert (result(), result("page/two")) == ("4\n", "2\n")
        watched.until(lambda: not is_locked(project))
        project.write("symbreak/numbers.py", "TWO = 3\n")
        watched.until(lambda: watched.arrived == 2)
        assert result() == "9\n"
        project.example("page/new", "print(3)")
        watched.until(lambda: watched.arrived == 3)
        assert result("page/new") == "3\n"
        project.write("symbreak/numbers.py", "TWO = 2\n")  # an edit taken back
        project.example("page/new", "print(4)")
        watched.until(lambda: watched.arrived == 4)
        assert watched.ran() in (
            [first, second, "page/one", "page/new", "page/new"]
            for first, second in (("page/one", "page/two"), ("page/two", "page/one"))
        )


def test_an_edit_of_what_is_running_comes_first(project):
    for number in range(os.cpu_count() or 1):
        project.sleeper(f"page/long-{number}", header="# limit: 90 s")
    project.counted("page/waits", header="# limit: 100 s")
    with watching(project) as watched:
        old = project.process("page/long-0")
        assert is_locked(project)
        project.example("page/long-0", "print('new')", "# limit: 300 s")
        watched.until(lambda: watched.arrived == 1)
        assert not is_alive(old)
        assert result("page/long-0") == "new\n"
        assert watched.ran()[0] == "page/long-0"


def test_a_failure_is_a_result_and_mends(project):
    project.example("page/one", "print(two)")
    with watching(project) as watched:
        watched.until(lambda: watched.arrived == 1)
        assert "NameError" in result()
        project.example("page/one", "print(2)")
        watched.until(lambda: watched.arrived == 2)
        assert result() == "2\n"


def test_an_interruption_is_shown_until_an_edit_or_another_start(project):
    example = project.sleeper("page/one")
    killed = "It was ended from outside, by SIGKILL."

    def kill():
        os.kill(project.process("page/one"), signal.SIGKILL)
        project.said("page/one").unlink()

    with watching(project, SHOWS) as watched:
        kill()
        watched.until(lambda: watched.arrived == 1)
        assert watched.shown() == killed and run.load(example) is None
        project.example("page/two", "print(2)")
        watched.until(lambda: watched.arrived == 2)
        assert not project.said("page/one").exists()  # was not run again
    with watching(project, SHOWS) as watched:
        project.process("page/one")  # is run again
        kill()
        watched.until(lambda: watched.arrived == 1)
        assert watched.shown() == killed
        project.example("page/one", "print(1)")
        watched.until(lambda: watched.arrived == 2)
        assert watched.shown() == "1"


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_nothing_runs_on_when_the_command_has_ended(project, end):
    project.sleeper("page/one")
    with watching(project) as watched:
        project.process("page/one")
        found = below(watched.process.pid)
        watched.process.send_signal(end)
        assert watched.process.wait(60) != 0
        watched.until(lambda: not any(map(is_alive, found)))
        assert not is_locked(project)


FAILS_ONCE = """
from snippets.machine import run
package, calls = run.package, []
def fail_once():
    calls.append(1)
    if len(calls) == 1:
        raise PermissionError("symbreak/theory.py")
    return package()
run.package = fail_once
"""


def test_a_watch_says_what_hinders_it_and_goes_on_at_the_next_edit(project):
    project.example("page/one", "print(1)")
    with watching(project, FAILS_ONCE + WATCH) as watched:
        watched.until(lambda: watched.arrived == 1)
        assert "The examples cannot be run: PermissionError: symbreak/theory.py" in watched.lines
        assert result() is None
        project.example("page/one", "print(2)")
        watched.until(lambda: watched.arrived == 2)
        assert result() == "2\n"


def test_the_home_page_is_run_first_then_what_is_quick(project, monkeypatch):
    monkeypatch.delenv("SYMBREAK_BEES", raising=False)
    lines = {"page/long": 300, "page/quick": 2, "page/middle": 60, "index/long": 300, "index/a": 9}
    for name, limit in lines.items():
        project.example(name, "print(1)", f"# limit: {limit} s")
    project.example("page/bees", "print(1)", "# data: SYMBREAK_BEES")  # cannot run here
    kept = project.example("page/kept", "print(1)")
    run.store(kept, run.Result(kept.key(), cells={"": [{"text": "1\n"}]}))
    order = ["index/a", "index/long", "page/quick", "page/middle", "page/long"]
    assert watch._stale() == order


@pytest.mark.parametrize(
    "name",
    ["snippets/page/one.py", "snippets/page/one.out", "snippets/page/points.csv",
     "snippets/page/new.py", "symbreak/theory.py", "symbreak/new/math.py", "docs/labs/one.py"],
)  # fmt: skip
def test_a_file_that_is_edited_made_or_removed_is_seen(project, name):
    project.example("page/one", "print(1)")
    seen = watch._files()
    path = project.write(name, "edited, and longer than before\n")
    made = watch._files()
    assert {file for file in made if made[file] != seen.get(file)} == {str(path)}
    path.unlink()
    assert watch._files() == {k: v for k, v in made.items() if k != str(path)}


def test_pages_and_results_are_not_seen(project):
    seen = watch._files()
    project.write("docs/index.md", "# Edited\n")
    project.write(".cache/results/page.one/a.json", "{}")
    (project.root / "symbreak/.#theory.py").symlink_to("user@host.123:456")  # leads nowhere
    assert watch._files() == seen
