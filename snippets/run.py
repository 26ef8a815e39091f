"""Run examples, each in a clean process, several at once; keep the results in `.cache/`.

`bring_up_to_date` starts one runner (`python -m snippets.run NAME ...`). The runner has loaded
numpy and matplotlib, not symbreak, and forks a child for each example: a clean state and the
package as it is on disk now, without paying for the imports each time. Every child carries its
own time limit, and the runner stops with whoever started it, so a killed build leaves nothing
running.
"""

import contextlib
import dataclasses
import faulthandler
import io
import json
import multiprocessing
import os
import runpy
import subprocess
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path

from snippets import keep
from snippets.catalog import ARITHMETIC, CACHE, ROOT, Snippet, package_digest

RESULTS = CACHE / "results"


@dataclass
class Result:
    """What an example printed and drew, or the error it ended with."""

    key: str  # of all that it depends on, where it was run
    stdout: str = ""
    figures: list[dict] = field(default_factory=list)  # alt, caption, svg, summary
    seconds: float = 0.0
    error: str | None = None
    stamp: str = ""  # of the code, where it is shown as it was kept: see `offsite`


def load(snippet: Snippet, package: bytes | None = None) -> Result | None:
    """Return the kept result if it still belongs to the example as it is on disk."""
    result = read(_path(snippet), Result)
    return result if result and result.key == snippet.key(package) else None


def read(path: Path, kind: type) -> Result | None:
    """Return the result that is kept in a file, None if there is nothing or it is damaged."""
    content = keep.read(path)
    try:
        return None if content is None else kind(**json.loads(content))
    except TypeError:  # written by another version of this class
        return None


def bring_up_to_date(
    snippets: Iterable[Snippet],
    *,
    again: bool = False,
    progress: Callable[[str, float, int, int], None] = lambda name, seconds, done, total: None,
) -> dict[str, Result]:
    """Run what has no valid result yet, and return the results of all.

    With `again`, a kept failure counts as no result: a build asks once more, `serve` does not.
    """
    snippets, package = list(snippets), package_digest()
    results = {snippet.name: load(snippet, package) for snippet in snippets}
    stale = [s for s in snippets if (r := results[s.name]) is None or (again and r.error)]
    stale.sort(key=lambda snippet: -snippet.limit)  # so that no long one is left over for the end
    if stale:
        _start_runner([snippet.name for snippet in stale], progress)
        results |= {snippet.name: load(snippet) or _changed(snippet) for snippet in stale}
    return results


def _changed(snippet: Snippet) -> Result:
    return Result(snippet.key(), error="The files changed while it ran. Run it again.")


def _start_runner(names: list[str], progress: Callable[[str, float, int, int], None]) -> None:
    # The runner reads its standard input only to notice that this process is gone.
    with subprocess.Popen(
        [sys.executable, "-m", "snippets.run", *names],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as runner:
        for done, line in enumerate(runner.stdout, start=1):
            name, seconds = line.split()
            progress(name, float(seconds), done, len(names))
    if runner.returncode:
        raise RuntimeError(f"the snippet runner stopped with exit code {runner.returncode}")


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
    }


def _path(snippet: Snippet) -> Path:
    return RESULTS / f"{snippet.name.replace('/', '.')}.json"


def _store(snippet: Snippet, result: Result) -> None:
    """Keep a result, unless the files have changed since its key was taken."""
    if snippet.key() == result.key:
        keep.write(_path(snippet), json.dumps(dataclasses.asdict(result)))


# In the runner --------------------------------------------------------------------------------


def _runner(names: list[str]) -> None:
    import matplotlib.pyplot  # noqa: F401  loaded once, inherited by every child

    RESULTS.mkdir(parents=True, exist_ok=True)
    fork = multiprocessing.get_context("fork")
    waiting = [Snippet(name) for name in names]
    running = {}  # sentinel -> (process, snippet, result so far, start, log)
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            snippet = waiting.pop(0)
            log = _path(snippet).with_suffix(".log")
            result = Result(snippet.key())  # of the files as they are before it starts
            process = fork.Process(target=_child, args=(snippet, result, log))
            process.start()
            running[process.sentinel] = process, snippet, result, time.perf_counter(), log
        for ready in wait([*running, sys.stdin.fileno()]):
            if ready == sys.stdin.fileno():  # whoever started this is gone
                for process, *_ in running.values():
                    process.kill()
                return
            process, snippet, result, start, log = running.pop(ready)
            process.join()
            result.seconds = time.perf_counter() - start
            if process.exitcode:
                result.error = _ended(snippet, log)
                _store(snippet, result)
            log.unlink(missing_ok=True)
            print(snippet.name, f"{result.seconds:.2f}", flush=True)


def _ended(snippet: Snippet, log: Path) -> str:
    """Say why a child left no result: its time was up, or it crashed."""
    text = log.read_text(encoding="utf-8", errors="replace").strip()
    if text.startswith("Timeout"):
        frames = [line for line in text.splitlines() if f"{snippet.name}.py" in line]
        text = f"It did not end within {snippet.limit} s:\n" + "\n".join(frames)
    return (text or "The process ended without a result.").replace(f"{ROOT}{os.sep}", "")


def _child(snippet: Snippet, result: Result, log: Path) -> None:
    with log.open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        # A watchdog thread: it ends this process also inside a long numpy call.
        faulthandler.dump_traceback_later(snippet.limit, exit=True, file=file)
        _execute(snippet, result)
        _store(snippet, result)


def _execute(snippet: Snippet, result: Result) -> None:
    stdout = io.StringIO()
    start = time.perf_counter()
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(stdout):
            warnings.simplefilter("error")
            runpy.run_path(str(snippet.path), run_name="__main__")
            result.figures = _figures(snippet)
    except BaseException as error:  # SystemExit too: an example runs to its end
        result.error = _traceback(error, snippet)
    result.stdout, result.seconds = stdout.getvalue(), time.perf_counter() - start


def _figures(snippet: Snippet) -> list[dict]:
    import matplotlib.pyplot as plt

    if not plt.get_fignums():
        return []
    from snippets import figures

    return [
        figures.publish(plt.figure(number), salt=f"{snippet.name} {number}")
        for number in plt.get_fignums()
    ]


def _traceback(error: BaseException, snippet: Snippet) -> str:
    """Format the error from the example's own first frame on, without this machine's paths."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [i for i, frame in enumerate(frames) if frame.filename == str(snippet.path)]
    kept = frames[own[0] :] if own else []
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(kept)]
    lines += traceback.format_exception_only(error)
    return "".join(lines if kept else lines[1:]).replace(f"{ROOT}{os.sep}", "").strip()


if __name__ == "__main__":
    _runner(sys.argv[1:])
