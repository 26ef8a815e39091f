"""Run what has changed while somebody edits, and say when there is something new to show."""

import shutil
import stat
import threading
import time
from collections.abc import Callable

from snippets.machine import cache, run
from snippets.machine.examples import ROOT
from snippets.machine.verdict import known

LOOK = 0.3  # seconds between two looks at the files
FIRST_BATCH, LONGEST_BATCH = 4.0, 30.0  # seconds until results are shown, twice as long each time


def start(arrived: Callable[[], None], say: Callable[[str], None]) -> threading.Thread:
    """Watch in a thread that ends with this process; `arrived` is called for each batch."""
    thread = threading.Thread(target=_watch, args=(arrived, say), daemon=True)
    thread.start()
    return thread


def _watch(arrived: Callable[[], None], say: Callable[[str], None]) -> None:
    shutil.rmtree(run.INTERRUPTED, ignore_errors=True)  # to be tried again
    seen = None
    while True:
        if (now := _files()) == seen:
            time.sleep(LOOK)
            continue
        seen = now
        try:
            if stale := _stale():
                with cache.lock():
                    seen = _run(stale, seen, arrived, say)
        except Exception as error:  # a watch that has ended would say nothing for ever
            say(f"The examples cannot be run: {type(error).__name__}: {error}")
            arrived()


def _files() -> dict[str, tuple[int, int]]:
    """Return what tells that a file of an example, a lab or the package was edited."""
    found = {}
    for folder, kind in (("snippets", "*"), ("symbreak", "*.py"), ("docs/labs", "*.py")):
        for path in (ROOT / folder).rglob(kind):
            try:
                status = path.stat()
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                found[str(path)] = status.st_mtime_ns, status.st_size
    return found


def _stale() -> list[str]:
    """Return the examples without a result: those of the home page first, then the quick ones."""
    examples = [e for e in known().values() if not e.lacks]
    modules = run.package()
    stale = [e for e in examples if _has_none(e, modules)]
    return [e.name for e in sorted(stale, key=lambda e: (not e.name.startswith("index/"), e.limit))]


def _has_none(example: run.Example, modules: dict[str, str]) -> bool:
    try:
        return run.load_last(example, modules) is None
    except OSError:  # removed or renamed at this moment
        return False


def _run(stale: list[str], seen: dict, arrived: Callable[[], None], say) -> dict:
    """Run these and what else is edited meanwhile; return the files as they were last seen."""
    left, done, new = set(stale), 0, False
    edited: set[str] = set()  # somebody waits for their results
    batch, last = FIRST_BATCH, time.monotonic()
    with run.Runner() as runner:
        runner.want(stale)
        while left:
            for event in runner.events(LOOK):
                name = event["name"]
                if event["event"] == "ended" and name in left:
                    left.discard(name)
                    done, new = done + 1, True
                    last = 0.0 if name in edited else last
                    if event["error"]:
                        _note(name, event["error"])
                say(run.told(event, done, done + len(left)))
            if new and (not left or time.monotonic() - last > batch):
                arrived()
                batch, last, new = min(2 * batch, LONGEST_BATCH), time.monotonic(), False
            if (now := _files()) != seen:
                changed = {path for path in now if now[path] != seen.get(path)}
                seen, stale = now, _stale()
                left = set(stale)
                edited = {name for name in stale if str(run.find(name).path) in changed} | edited
                runner.want(sorted(stale, key=lambda name: name not in edited))
    return seen


def _note(name: str, error: str) -> None:
    try:
        example = run.find(name)
        if run.load(example) is None:
            run.note(name, error)
    except OSError:  # removed meanwhile, or the disk is full
        pass
