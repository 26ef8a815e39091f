"""The folder `.cache/`: written whole, checked when read, and used by one command at a time."""

import fcntl
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from snippets.catalog import CACHE, ROOT

# What others write there, without a checksum and not always whole: kept only if a build sealed it.
FOREIGN = ("mkdocs-jupyter", "templates", "wheels")
SEAL = CACHE / "seal.json"

_lock = None


def write(path: Path, content: str | bytes) -> None:
    """Keep a content behind its checksum, so that `read` notices any damage."""
    content = content.encode() if isinstance(content, str) else content
    write_whole(path, _hash(content).encode() + b"\n" + content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: aside first, then moved into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)


def read(path: Path) -> bytes | None:
    """Return what is kept in a file, None if there is nothing or it is damaged."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    if digest == _hash(content).encode():
        return content
    say(f"{_name(path)} is damaged: made again")
    return None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _name(path: Path) -> str:
    return os.path.relpath(path, ROOT)


def say(text: str) -> None:
    """Tell the terminal, where this is no warning: a strict build goes on."""
    print(text, file=sys.stderr, flush=True)


# One command at a time ------------------------------------------------------------------------


def lock() -> None:
    """Wait until no other command uses the cache. The end of this process unlocks it, too."""
    global _lock
    if _lock is not None:
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    file = (CACHE / "lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        say(f"Waiting for process {file.read().strip()}, which is building here")
        fcntl.flock(file, fcntl.LOCK_EX)
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    _lock = file
    _sweep()


def unlock() -> None:
    global _lock
    if _lock is not None:
        _lock.close()
        _lock = None


def _sweep() -> None:
    """Remove what a command that was stopped had not moved into place."""
    for folder in ("", "results", "labs", "notebooks/labs", "formulas"):
        for path in (CACHE / folder).glob("*.*"):
            if path.suffix == ".log" or path.suffix[1:].isdigit():
                path.unlink(missing_ok=True)
    for path in CACHE.glob("wheels/*-*"):
        shutil.rmtree(path)


# What others write ----------------------------------------------------------------------------


def seal() -> None:
    """Remember what the foreign files contain, now that a build has used them."""
    write(SEAL, json.dumps(_foreign()))


def open_sealed() -> None:
    """Remove each foreign file that is not as the last finished build left it."""
    content = read(SEAL)
    sealed = json.loads(content) if content else {}
    for name, digest in _foreign().items():
        if sealed.get(name) != digest:
            if name in sealed:
                say(f"{_name(CACHE / name)} is damaged: made again")
            (CACHE / name).unlink()


def _foreign() -> dict[str, str]:
    files = [p for folder in FOREIGN for p in sorted((CACHE / folder).rglob("*")) if p.is_file()]
    return {p.relative_to(CACHE).as_posix(): _hash(p.read_bytes()) for p in files}
