"""The folder `.cache/`: written whole, checked when read, cleared only where it is ours."""

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from snippets.machine.examples import CACHE, ROOT

TAG = "CACHEDIR.TAG"  # says to backup programs, and to us, what the folder is
SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n# The cache of symbreak's examples.\n"
HOUR = 3600  # seconds; no file takes that long to write
VERSIONS = 8  # of one example or file: going back to an earlier one costs nothing


def create() -> None:
    """Make the folder; refuse one that holds files of others."""
    tag = CACHE / TAG
    if tag.exists():
        if tag.read_text(encoding="utf-8") in ("", SIGNATURE):  # "": another command creates it
            return
    elif CACHE == ROOT / ".cache" or not CACHE.exists() or not any(CACHE.iterdir()):
        CACHE.mkdir(parents=True, exist_ok=True)
        tag.write_text(SIGNATURE, encoding="utf-8")
        return
    raise FileExistsError(
        f"The cache must be a folder of its own, got {CACHE}, which holds other files. "
        "Set SYMBREAK_CACHE to a folder that is new or empty, or delete this one"
    )


def write(path: Path, content: str | bytes) -> None:
    """Keep a content behind its checksum, so that `read` notices any damage."""
    content = content.encode() if isinstance(content, str) else content
    write_whole(path, _hash(content).encode() + b"\n" + content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: aside first, then moved into place."""
    create()
    aside = CACHE / "aside"
    for folder in (aside, path.parent):
        folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=aside)
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:  # a full disk, Ctrl-C
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


def write_changed(path: Path, content: bytes) -> None:
    """Write a file unless it has this content: what watches it is not woken."""
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)


def read(path: Path) -> bytes | None:
    """Return what is kept in a file, None if there is nothing or it is damaged."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    if digest == _hash(content).encode():
        return content
    say(f"{os.path.relpath(path, ROOT)} is damaged: made again")
    path.unlink(missing_ok=True)
    return None


def made(folder: Path, key: Callable[[], str], make: Callable[[], str | bytes]) -> bytes:
    """Return what is kept under a key, or make and keep it, again if the key changes meanwhile."""
    while (kept := read(path := folder / key())) is None:
        content = make()
        if folder / key() == path:
            write(path, content)
            keep_few(folder)
    return kept


def keep_few(folder: Path) -> None:
    """Remove all but the latest files of a folder."""
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for path in files[:-VERSIONS]:
        path.unlink(missing_ok=True)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def say(text: str) -> None:
    """Tell the terminal, where this is no warning: a strict build goes on."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def lock() -> Iterator[None]:
    """Wait until no other command runs examples or builds; the end of this process unlocks, too."""
    create()
    held, holder = FileLock(CACHE / "lock"), CACHE / "holder"
    try:
        held.acquire(timeout=0)
    except Timeout:
        with suppress(FileNotFoundError):
            say(f"Waiting for process {holder.read_text().strip()}, which is at work here")
        held.acquire()
    try:
        holder.write_text(f"{os.getpid()}\n")
        _sweep()
        yield
    finally:
        held.release()


def _sweep() -> None:
    """Remove what commands that were stopped had not moved into place."""
    for path in (CACHE / "aside").glob("*"):
        with suppress(FileNotFoundError):  # just moved into place
            if time.time() - path.stat().st_mtime > HOUR:
                path.unlink()
