"""The boxes to paste into notebooks of the course: texts that `symbreak.paste` has.

They are asked for in a process of their own, so that a command that runs for hours, as `mkdocs
serve` does, never shows those of a package that has changed since.
"""

import difflib
import json
import subprocess
import sys

from snippets.machine import cache
from snippets.machine.examples import CACHE, MACHINE, ROOT, digest, package

KEPT = CACHE / "boxes"


def boxes() -> dict[str, str]:
    """Return the text of every box by `<notebook> <experiment>`; ValueError if none can be."""
    modules, machine = package(), digest([MACHINE / "boxes.py"], MACHINE).hex()
    content = cache.read(KEPT)
    kept = json.loads(content) if content else None
    if kept and kept["machine"] == machine and kept["modules"].items() <= modules.items():
        return kept["boxes"]
    # -B: byte code beside the sources would make `mkdocs serve` build twice.
    command = [sys.executable, "-B", "-m", "snippets.machine.boxes"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr[max(done.stderr.rfind("  File "), 0) :]  # where it stands, and the error
        raise ValueError(f"the boxes cannot be read:\n{said.replace(f'{ROOT}/', '').strip()}")
    found = json.loads(done.stdout)
    used = {name: modules[name] for name in found["modules"] if name in modules}
    cache.write(KEPT, json.dumps({**found, "modules": used, "machine": machine}))
    return found["boxes"]


def unknown(name: str, known: dict[str, str]) -> str:
    """Say that there is no such box, and which may be meant."""
    if not known:
        return f"box {name!r} cannot be shown: the code in symbreak/paste cannot be read"
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    return f"unknown box {name!r}; {hint}"


def _tell() -> None:
    from snippets.machine.examples import NAMES
    from snippets.machine.run import imported
    from symbreak import paste

    found = {}
    for notebook, host in paste.NOTEBOOKS.items():
        for experiment in host.experiments:
            found[f"{notebook} {experiment}"] = paste.box(notebook, experiment)
        found[f"{notebook} check"] = paste.check_box(notebook)
    print(json.dumps({"boxes": found, "modules": [*sorted(imported()), NAMES]}))


if __name__ == "__main__":
    _tell()
