"""Run what has changed while somebody edits, and say when there is something new to show."""

import stat
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from snippets.machine import cache, run
from snippets.machine.examples import ROOT
from snippets.machine.verdict import known

FIRST_BATCH, LONGEST_BATCH = 4.0, 30.0  # seconds until results are shown, twice as long each time


def start(arrived: Callable[[], None], say: Callable[[str], None]) -> threading.Thread:
    """Watch in a thread that ends with this process; `arrived` is called for each batch."""
    thread = threading.Thread(target=_watch, args=(arrived, say), daemon=True)
    thread.start()
    return thread


def _watch(arrived: Callable[[], None], say: Callable[[str], None]) -> None:
    seen = None
    while True:
        if (now := _files()) == seen:
            time.sleep(run.LOOK)
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
            with suppress(OSError):  # removed or renamed at this moment
                status = path.stat()
                if stat.S_ISREG(status.st_mode):
                    found[str(path)] = status.st_mtime_ns, status.st_size
    return found


def _stale() -> list[str]:
    """Return the examples without a result: those of the home page first, then the quick ones."""
    modules, stale = run.package(), []
    for example in known().values():
        with suppress(OSError):  # removed or renamed at this moment
            if not example.lacks and run.load_last(example, modules) is None:
                stale.append(example)
    return [e.name for e in sorted(stale, key=lambda e: (not e.name.startswith("index/"), e.limit))]


def _run(stale: list[str], seen: dict, arrived: Callable[[], None], say) -> dict:
    """Run these and what else is edited meanwhile; return the files as they were last seen."""
    left, done, new = set(stale), 0, False
    edited: set[str] = set()  # somebody waits for their results
    batch, last = FIRST_BATCH, time.monotonic()
    with run.Runner() as runner:
        runner.want(stale)
        while left:
            for event in runner.events(run.LOOK):
                name = event["name"]
                if event["event"] == "ended" and name in left:
                    left.discard(name)
                    done, new = done + 1, True
                    last = 0.0 if name in edited else last
                    if event["error"]:
                        with suppress(OSError):  # removed meanwhile
                            run.note(name, event["error"])
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
