"""Run examples and labs, each in a clean process, several at once; keep the results.

A `Runner` is the other end of one process, `python -m snippets.machine.run`. That process has
loaded numpy and matplotlib, not symbreak, and forks a child for each example: a clean state and
the package as it is on disk now, without paying for the imports each time. It stops with whoever
started it, every child carries its own time limit, and a child whose files change is started anew.

A result is kept under its key, and only if the example came to it by itself: what was interrupted
from outside is no result.
"""

import ast
import base64
import contextlib
import dataclasses
import errno
import faulthandler
import hashlib
import io
import json
import linecache
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import BinaryIO

from snippets.machine import cache
from snippets.machine.examples import (
    ARITHMETIC,
    CACHE,
    DOCS,
    FOLDER,
    MACHINE,
    NAMES,
    ROOT,
    Cell,
    Example,
    executors,
    package,
)
from snippets.machine.labs import Lab

RESULTS = CACHE / "results"
LOOK = 0.3  # seconds between two looks at the files of what is running
REMIND = 10.0  # seconds between two lines on what is still running
MANY_NUMBERS = 256  # an array of more is no small one, and prose cannot refer to it
TRIES = 4  # as often an example is started whose files change while it runs
NOT_KEPT, CHANGED = 75, 76  # exit codes of a child: no result of the example, of other files
# Signals that a process brings upon itself; any other came from outside.
OWN_SIGNALS = {-s for s in (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE)}


@dataclass(frozen=True)
class Result:
    """What an example printed and drew in each of its cells, or the error it ended with.

    `cells` and `answered` hold, by the name of the cell, a list of {"text": ...} and figures;
    `values` the numbers that prose may refer to.
    """

    key: str  # of all that it depends on, beside:
    modules: dict[str, str] = field(default_factory=dict)  # of symbreak, with their hashes
    cells: dict[str, list[dict]] = field(default_factory=dict)
    answered: dict[str, list[dict]] = field(default_factory=dict)
    seconds: float = 0.0
    error: str = ""
    stamp: str = ""  # of the code, where it is shown as it was kept: see `kept`
    versions: list[str] = field(default_factory=list)  # likewise, of the packages that it needs
    values: dict[str, object] = field(default_factory=dict)  # by the names of the example

    @property
    def outputs(self) -> list[dict]:
        return [output for cell in self.cells.values() for output in cell]

    @property
    def stdout(self) -> str:
        return "".join(output.get("text", "") for output in self.outputs)

    @property
    def figures(self) -> list[dict]:
        return [output for output in self.outputs if "svg" in output]


def find(name: str) -> Example:
    return Lab(name) if name.startswith("labs/") else Example(name)


# What is kept ---------------------------------------------------------------------------------


def load(example: Example, modules: dict[str, str] | None = None) -> Result | None:
    """Return the kept result if it belongs to the example and the package as they are on disk.

    Who asks for many results at once reads the package once, and gives its `modules`.
    """
    modules = package() if modules is None else modules
    key = example.key()
    found = [(path, path.stat()) for path in _folder(example).glob(f"{key[:32]}-*")]
    for path, status in sorted(found, key=lambda one: -one[1].st_mtime_ns):
        result = _read(path, status.st_ino, status.st_size)
        if result and result.key == key and result.modules.items() <= modules.items():
            if len(found) > 1:
                os.utime(path)  # in use: another one is dropped first
            return result
    return None


@lru_cache(1024)  # `serve` asks at every build
def _read(path: Path, inode: int, size: int) -> Result | None:
    content = cache.read(path)
    try:
        return None if content is None else Result(**json.loads(content))
    except TypeError:  # written by another version of this class
        return None


def store(example: Example, result: Result) -> None:
    """Keep a result."""
    which = hashlib.sha256(json.dumps(result.modules, sort_keys=True).encode()).hexdigest()
    folder = _folder(example)
    cache.write(folder / f"{result.key[:32]}-{which[:32]}", json.dumps(dataclasses.asdict(result)))
    cache.keep_few(folder)


def _folder(example: Example) -> Path:
    return RESULTS / example.name.replace("/", ".")


INTERRUPTED: dict[str, Result] = {}  # of this process: shown while `serve` has no result


def note(name: str, error: str) -> None:
    """Note that a run was interrupted: no result, but to be shown until something changes."""
    INTERRUPTED[name] = Result(find(name).key(), package(), error=error)


def load_last(example: Example, modules: dict[str, str]) -> Result | None:
    """Return the kept result or, without one, that the last run was interrupted."""
    if kept := load(example, modules):
        return kept
    noted = INTERRUPTED.get(example.name)
    return noted if noted and (noted.key, noted.modules) == (example.key(), modules) else None


# The other end of the runner --------------------------------------------------------------------

Report = Callable[[str], None]


def bring_up_to_date(
    examples: Iterable[Example], *, again: bool = False, report: Report = cache.say
) -> dict[str, Result]:
    """Run what has no valid result yet, and return the results of all.

    With `again`, a kept failure counts as no result.
    """
    examples, modules = list(examples), package()
    results = {example.name: load(example, modules) for example in examples}
    stale = [e for e in examples if (r := results[e.name]) is None or (again and r.error)]
    if not stale:
        return results
    errors = {}
    with Runner() as runner:
        runner.want(e.name for e in sorted(stale, key=lambda e: -e.limit))  # no long one at the end
        while len(errors) < len(stale):
            for event in runner.events():
                if event["event"] == "ended":
                    errors[event["name"]] = event["error"]
                report(told(event, len(errors), len(stale)))
    modules = package()
    for name, error in errors.items():
        example = find(name)
        results[name] = load(example, modules) or Result(example.key(), error=error)
    return results


def told(event: dict, done: int, total: int) -> str:
    """Say in a line what the runner has told."""
    if event["event"] == "running":
        limit = find(event["name"]).limit
        return f"[{done}/{total}] {event['name']} is running, {event['seconds']:.0f} of {limit} s"
    return f"[{done}/{total}] {event['name']} {event['seconds']:.1f} s"


class Runner:
    """The process that runs examples; use it in a `with` block, which ends it."""

    def __init__(self):
        self._pipe, far = multiprocessing.Pipe()  # the far end notices when this process is gone
        # A session of its own: Ctrl-C is for the command, which then ends it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "snippets.machine.run", str(far.fileno())],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            pass_fds=[far.fileno()],
            start_new_session=True,
        )
        far.close()

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *exception) -> None:
        self._pipe.close()
        self._process.wait()

    def want(self, names: Iterable[str]) -> None:
        """Say which examples are to be run, the most urgent first: these, and no others."""
        self._pipe.send(list(names))

    def events(self, timeout: float | None = None) -> Iterator[dict]:
        """Wait for what the runner has to tell, and yield it."""
        try:
            while self._pipe.poll(timeout):
                yield self._pipe.recv()
                timeout = 0
        except (EOFError, ConnectionError):
            code = self._process.wait()
            said = f"the process that runs the examples ended with exit code {code}"
            raise RuntimeError(said) from None


def environment() -> dict[str, str]:
    """Return an environment in which two runs give the same bytes."""
    return {
        **{name: value for name, value in ARITHMETIC.items() if value},
        **os.environ,
        "PYTHONHASHSEED": "0",
        # Byte code beside the sources would make `mkdocs serve` build twice. In a folder of its own
        # it would hide what pip has compiled.
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": str(CACHE / "matplotlib"),
        "KERAS_HOME": str(CACHE / "keras"),  # where it writes its settings
    }


# In the runner --------------------------------------------------------------------------------


@dataclass
class _Task:
    example: Example
    key: str
    modules: dict[str, str]
    # What it writes past Python, and its last words.
    log: BinaryIO = field(default_factory=tempfile.TemporaryFile)
    started: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)
    process: multiprocessing.Process | None = None

    def changed(self, modules: dict[str, str]) -> bool:
        try:
            return modules != self.modules or find(self.example.name).key() != self.key
        except OSError:  # removed, or being written
            return True

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def kill(self) -> None:
        """End the process and all that it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()  # before it leads a group
        self.process.join()


def _runner() -> None:
    import matplotlib.pyplot  # noqa: F401  loaded once, inherited by every child

    from snippets.machine import figures  # noqa: F401

    running: dict[int, _Task] = {}
    try:
        _run_wanted(running, Connection(int(sys.argv[1])))
    except (EOFError, ConnectionError):  # whoever started this is gone, or has enough
        pass
    finally:
        for task in running.values():
            task.kill()


def _run_wanted(running: dict[int, _Task], pipe: Connection) -> None:
    """Run what is asked for through the pipe, until that is closed."""
    fork = multiprocessing.get_context("fork")
    alive = os.pipe()  # its far end closes when this process ends
    loaded = executors()
    wanted: list[str] = []
    tries: dict[str, int] = {}

    def tell(event: str, name: str, seconds: float, error: str = "") -> None:
        pipe.send({"event": event, "name": name, "seconds": seconds, "error": error})

    def again(name: str) -> None:
        tries[name] = tries.get(name, 0) + 1
        if tries[name] < TRIES:
            wanted.insert(0, name)
        else:
            tell("ended", name, 0.0, "The files changed each time that it ran.")

    while True:
        while wanted and len(running) < (os.cpu_count() or 1):
            name = wanted.pop(0)
            try:
                if (kept := load(find(name))) and not kept.error:  # an edit was taken back
                    tell("ended", name, kept.seconds)
                    continue
                example = find(name)
                key, modules = example.key(), package()
                if executors() != loaded:  # the key is that of the new code
                    sys.exit("The code that runs the examples has changed: start again")
                task = _Task(example, key, modules)
            except OSError as error:  # removed since
                tell("ended", name, 0.0, f"{type(error).__name__}: {error}")
                continue
            task.process = fork.Process(target=_child, args=(task, alive))
            task.process.start()
            running[task.process.sentinel] = task
        for ready in wait([*running, pipe], LOOK if running else None):
            if ready is pipe:
                wanted = pipe.recv()
                tries.clear()
                continue
            task = running.pop(ready)
            if (error := _end(task)) is None:
                again(task.example.name)
            else:
                tell("ended", task.example.name, task.seconds, error)
        try:
            now = package() if running else {}
        except OSError:  # an editor is saving: at the next look
            now = None
        for sentinel, task in list(running.items()):
            name = task.example.name
            if now is not None and task.changed(now):
                del running[sentinel]
                task.kill()
                again(name)
            elif name in wanted:
                wanted.remove(name)
            if time.monotonic() - task.told > REMIND:
                task.told = time.monotonic()
                tell("running", name, task.seconds)
        wanted = list(dict.fromkeys(wanted))


def _end(task: _Task) -> str | None:
    """Return the error with which an example has ended, None if it is to be run again."""
    task.kill()
    code = task.process.exitcode
    if code == CHANGED or (code and task.changed(package())):
        return None
    error = _ended(task) if code else ""
    if error and code != NOT_KEPT and (code > 0 or code in OWN_SIGNALS):
        with contextlib.suppress(OSError):
            store(task.example, Result(task.key, task.modules, seconds=task.seconds, error=error))
    return error


def _ended(task: _Task) -> str:
    """Say why a child left no result: its time was up, it crashed, or it was ended."""
    code = task.process.exitcode
    task.log.seek(0)
    text = task.log.read().decode(errors="replace").strip()
    if code < 0 and code not in OWN_SIGNALS:
        return f"It was ended from outside, by {signal.Signals(-code).name}."
    if text.startswith("Timeout"):
        frames = [line for line in text.splitlines() if task.example.place in line]
        return _plain(f"It did not end within {task.example.limit} s:\n" + "\n".join(frames))
    return _plain(text) or "The process ended without a result."


def _plain(text: str) -> str:
    return text.replace(f"{ROOT}{os.sep}", "").strip()


# In the child of an example -----------------------------------------------------------------------


def _child(task: _Task, alive: tuple[int, int]) -> None:
    os.setsid()  # what it starts ends with it, and Ctrl-C passes it by
    os.close(alive[1])
    os.dup2(task.log.fileno(), 1)
    os.dup2(task.log.fileno(), 2)
    with _guarded(task, alive[0]):
        result = _execute(task, alive[0])
        if task.changed(package()):
            os._exit(CHANGED)
        store(task.example, result)


@contextlib.contextmanager
def _guarded(task: _Task, alive: int) -> Iterator[None]:
    """End this process when its time is up, also in a long numpy call, or the runner is gone.

    An interruption ends it too: it is no result.
    """
    _limit(task)

    def wait_for_the_end() -> None:
        os.read(alive, 1)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    try:
        yield
    except (KeyboardInterrupt, MemoryError, OSError) as error:
        print(_traceback(error, task.example), file=sys.stderr, flush=True)
        os._exit(NOT_KEPT)


def _limit(task: _Task, more: float = 0.0) -> None:
    left = max(task.example.limit + more - task.seconds, 0.01)
    faulthandler.dump_traceback_later(left, exit=True)


def _execute(task: _Task, alive: int) -> Result:
    example, answered, filled, also = task.example, {}, {}, set()
    try:
        read = _watch_files(example)
        if example.answered:  # from a state that the published cells have not touched
            answered, filled, also = _apart(task, alive)
        cells, values = _run(example, example.code)
        _check_origin(read, example)
    except _FailedError as failure:  # it may mend in a module that could not be imported
        return Result(task.key, task.modules, seconds=task.seconds, error=str(failure))
    modules = _used(task.modules, imported() | also)
    return Result(task.key, modules, cells, answered, task.seconds, values=values | filled)


class _FailedError(Exception):
    pass


def _apart(task: _Task, alive: int) -> tuple[dict[str, list[dict]], dict, set[str]]:
    """Run the answers in a process of their own; return what they say, keep and have imported."""
    receiver, sender = multiprocessing.Pipe(duplex=False)

    def work() -> None:
        with _guarded(task, alive):
            try:
                sender.send((*_run(task.example, task.example.answered), imported()))
            except _FailedError as failure:
                sender.send(str(failure))

    process = multiprocessing.get_context("fork").Process(target=work)
    faulthandler.cancel_dump_traceback_later()  # its thread does not survive a fork
    process.start()
    _limit(task, more=2.0)  # the other process says where it was when its time was up
    sender.close()
    try:
        outputs = receiver.recv()
    except EOFError:
        process.join()
        code = process.exitcode
        os.kill(os.getpid(), -code) if code < 0 else os._exit(code or 1)
    process.join()
    _limit(task)
    if isinstance(outputs, str):
        raise _FailedError(outputs)
    return outputs


def _run(example: Example, cells: Iterable[Cell]) -> tuple[dict[str, list[dict]], dict]:
    """Run cells one after the other, in a module of their own; return what they say and keep."""
    module = types.ModuleType("__main__")
    module.__file__ = sys.argv[0] = str(example.path)
    sys.modules["__main__"] = module
    numbers = iter(range(1, 1000))
    said = {cell.name: _run_cell(example, cell, module, numbers) for cell in cells}
    return said, _values(module.__dict__)


def _values(names: dict[str, object]) -> dict[str, object]:
    """Return the numbers and small arrays among some variables, as JSON can hold them."""
    plain = {name: _plain_value(v) for name, v in names.items() if not name.startswith("_")}
    return {name: v for name, v in plain.items() if 0 < _count(v) <= MANY_NUMBERS}


def _plain_value(value, depth=0):
    """Return a number, or a list or table of numbers; None stands for anything else."""
    numpy = sys.modules["numpy"]
    if isinstance(value, (numpy.ndarray, numpy.generic)) and value.size <= MANY_NUMBERS:
        value = value.tolist()
    if isinstance(value, (int, float)):
        return None if isinstance(value, bool) else value
    if depth > 4 or not isinstance(value, (list, tuple, dict)) or len(value) > MANY_NUMBERS:
        return None
    if isinstance(value, dict):
        return {str(key): _plain_value(v, depth + 1) for key, v in value.items()}
    return [_plain_value(v, depth + 1) for v in value]


def _count(value) -> int:
    """Count the numbers in what `_plain_value` returns."""
    if isinstance(value, (list, dict)):
        return sum(map(_count, value.values() if isinstance(value, dict) else value))
    return value is not None


def _run_cell(example: Example, cell: Cell, module, numbers: Iterator[int]) -> list[dict]:
    stdout, stderr = io.StringIO(), io.StringIO()
    where = f"{example.place}: cell {cell.name!r} " if cell.name else ""
    file = str(example.path)
    if cell not in example.code:  # filled in: its lines are not those of the file
        where += "with the answer "
        file = f"{example.place}, cell {cell.name}"
        linecache.cache[file] = (0, None, cell.source.splitlines(keepends=True), file)
        cell = Cell(cell.name, cell.source, 1)
    try:
        with (
            warnings.catch_warnings(action="error"),
            contextlib.redirect_stdout(stdout),
            contextlib.redirect_stderr(stderr),
        ):
            for name in example.needs:  # what these have to change in themselves
                warnings.filterwarnings("ignore", category=DeprecationWarning, module=name)
            _evaluate(cell, file, module.__dict__)
            drawn = _figures(example.name, cell, numbers)
    except BaseException as error:  # SystemExit too: an example runs to its end
        full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
        if full or isinstance(error, (KeyboardInterrupt, MemoryError)):
            raise
        said = _traceback(error, example, file)
        raise _FailedError(f"{where}failed\n{said}" if where else said) from None
    if stderr.getvalue() and cell.name:  # a notebook would show it
        raise _FailedError(f"{where}wrote to stderr\n{stderr.getvalue().strip()}")
    text = stdout.getvalue()
    return [*([{"text": text}] if text else []), *drawn]


def _evaluate(cell: Cell, file: str, names: dict) -> None:
    """Execute a cell; in a lab, as in any notebook, print the value of an expression at its end."""
    lines = "\n" * (cell.line - 1) + cell.source  # errors name the lines of the file
    tree = compile(lines, file, "exec", ast.PyCF_ONLY_AST)
    echo = cell.name and not cell.source.rstrip().endswith(";")
    last = tree.body.pop() if echo and tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, file, "exec"), names)
    if last:
        value = eval(compile(ast.Expression(last.value), file, "eval"), names)
        if value is not None:
            print(repr(value))


def _figures(name: str, cell: Cell, numbers: Iterator[int]) -> list[dict]:
    """Take the open figures, and close them."""
    pyplot = sys.modules["matplotlib.pyplot"]
    if not pyplot.get_fignums():
        return []
    from snippets.machine import figures

    found = []
    for figure in map(pyplot.figure, pyplot.get_fignums()):
        found.append(figures.publish(figure, salt=f"{name} {next(numbers)}"))
        if cell.name:  # Jupyter shows no SVG of a notebook it does not trust
            found[-1]["png"] = base64.b64encode(figures.png(figure)).decode()
    pyplot.close("all")
    return found


def _watch_files(example: Example) -> set[str]:
    """Collect the files of the examples and pages that are opened from now on."""
    read: set[str] = set()
    own = {str(path) for path in (example.path, *example.files)}

    def hook(event: str, arguments: tuple) -> None:
        if event == "open" and isinstance(arguments[0], str):
            path = os.path.abspath(arguments[0])
            inside = path.startswith((f"{FOLDER}{os.sep}", f"{DOCS}{os.sep}"))
            if inside and path not in own and not path.startswith(f"{MACHINE}{os.sep}"):
                read.add(path)

    sys.addaudithook(hook)
    return read


def _check_origin(read: set[str], example: Example) -> None:
    """Fail where a result depends on what its key does not know."""
    for path in sorted(read):
        name = Path(path).name
        raise _FailedError(
            f"It opens {_plain(path)}, which its header does not name: add the line "
            f"'# files: {name}' to {example.place}, with the file beside it"
        )
    symbreak = sys.modules.get("symbreak")
    if symbreak and not Path(symbreak.__file__).is_relative_to(ROOT):
        raise _FailedError(
            f"symbreak must come from this checkout, {ROOT}, but was imported from "
            f"{Path(symbreak.__file__).parent}. Run `make install` here"
        )


def imported() -> set[str]:
    """Return the files of this checkout that have been imported."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {os.path.relpath(file, ROOT) for file in files if file}


def _used(modules: dict[str, str], imported: set[str]) -> dict[str, str]:
    """Reduce the modules to those imported; a new one may change what a name means."""
    used = {name: digest for name, digest in modules.items() if name in imported}
    return used | ({NAMES: modules[NAMES]} if used else {})


def _traceback(error: BaseException, example: Example, file: str = "") -> str:
    """Format the error from the example's own first frame on, without this machine's paths."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [i for i, frame in enumerate(frames) if frame.filename in (str(example.path), file)]
    kept = frames[own[0] :] if own else []
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(kept)]
    lines += traceback.format_exception_only(error)
    return _plain("".join(lines if kept else lines[1:]))


if __name__ == "__main__":
    _runner()
