"""The boxes to paste into notebooks of the course: texts that `symbreak.paste` has.

They are asked for in a process of their own, so that a command that runs for hours, as `mkdocs
serve` does, never shows those of a package that has changed since.
"""

import json
import subprocess
import sys
from pathlib import Path

from snippets.machine import cache
from snippets.machine.examples import CACHE, ROOT, joint, near, package_digest

KEPT = CACHE / "pasted"


def boxes() -> dict[str, str]:
    """Return the text of every box by `<notebook> <experiment>`; ValueError if none can be."""
    return json.loads(cache.made(KEPT, _key, _ask))


def _key() -> str:
    return joint([Path(__file__).read_bytes(), package_digest().encode()]).hex()


def _ask() -> str:
    # -B: byte code beside the sources would make `mkdocs serve` build twice.
    command = [sys.executable, "-B", "-m", "snippets.machine.boxes"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr[max(done.stderr.rfind("  File "), 0) :]  # its place, and the error
        raise ValueError(f"the boxes cannot be read:\n{said.replace(f'{ROOT}/', '').strip()}")
    return done.stdout


def unknown(name: str, known: dict[str, str]) -> str:
    """Say that there is no such box, and which may be meant."""
    if not known:
        return f"box {name!r} cannot be shown: the code in symbreak/paste cannot be read"
    return f"unknown box {name!r}" + near(name, known, f"; there are {', '.join(known)}")


def _tell() -> None:
    from symbreak import paste

    found = {}
    for notebook, host in paste.NOTEBOOKS.items():
        for experiment in host.experiments:
            found[f"{notebook} {experiment}"] = paste.box(notebook, experiment)
        found[f"{notebook} check"] = paste.check_box(notebook)
    print(json.dumps(found))


if __name__ == "__main__":
    _tell()
