"""Compute every record as other machines would: `python tests/machines.py [--only PART] [NAME]`.

The processors are imitated: OpenBLAS is told which kernels to use, numpy which instructions not to
use. The oldest and the newest numpy and matplotlib get throw-away environments, which find all
other packages where this Python finds them. About 3 minutes of processor time each, on an idle
machine, and kept: a second call runs only what has changed. A call for all machines and all records
writes what agreed into snippets/checked/machines.json.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import results

from snippets.machine.verdict import RECORDED, STALE  # not run: their data is not here

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "machines"
LINE = re.compile(r"^(\S+/\S+) +[\d.]+ s  (.+)$", re.MULTILINE)
FEATURES = """
import numpy
core = getattr(numpy, "_core", None) or numpy.core
found = core._multiarray_umath
print(*(f for f in found.__cpu_dispatch__ if found.__cpu_features__[f]))
"""


def machines() -> dict[str, tuple[dict[str, str], list[str]]]:
    """Return for each machine its settings and its packages."""
    kernels = ("Haswell", "SkylakeX", "Sandybridge", "Prescott")
    found = {"this machine": ({}, [])}
    found |= {
        f"kernels of OpenBLAS for {name}": ({"OPENBLAS_CORETYPE": name}, []) for name in kernels
    }
    found["2 threads"] = ({"OPENBLAS_NUM_THREADS": "2"}, [])
    features = _ask(sys.executable, "-c", FEATURES).split()
    wide = [name for name in features if "512" in name or name >= "X86_V4"]
    for name, without in (("AVX-512", wide), ("AVX2", features)):
        found[f"numpy without {name}"] = ({"NPY_DISABLE_CPU_FEATURES": " ".join(without)}, [])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ranges = [*project["dependencies"], *project["optional-dependencies"]["plots"]]
    # Others of the time: newer ones warn of an old numpy or matplotlib, or lack what it imports.
    beside = "scikit-learn>=1.5", "pyparsing>=3.1", "ipython>=8.20"
    oldest = [f"{r.replace('>=', '==')}.*" for r in (*ranges, *beside)]
    named = " and ".join(r.replace(">=", " ") for r in ranges)
    found[f"{named}, with other packages of their time"] = ({}, oldest)
    found["the newest numpy and matplotlib"] = ({}, ["--upgrade", *ranges])
    return found


def _ask(*command) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def python(packages: list[str]) -> str:
    """Return a Python that has these packages and, behind them, those of this one."""
    if not packages:
        return sys.executable
    name = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:12]
    folder = KEPT / f"environment-{name}"
    interpreter = str(folder / "bin" / "python")
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        _ask(interpreter, "-m", "pip", "install", "--quiet", "--only-binary=:all:", *packages)
        purelib = _ask(interpreter, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
        path = Path(purelib.strip()) / "behind.pth"
        path.write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
        (folder / "ready").touch()
    return interpreter


def run(machine: str, settings: dict[str, str], packages: list[str], names: list[str]) -> str:
    """Run the records on a machine, and return what was said."""
    cache = KEPT / re.sub(r"\W+", "-", machine)
    # Speed is no question here, and other kernels may be slow.
    environment = os.environ | {"SYMBREAK_CACHE": str(cache), "SYMBREAK_PATIENCE": "10"}
    environment["OPENBLAS_NUM_THREADS"] = "1"
    done = subprocess.run(
        [python(packages), "-m", "snippets", *names],
        cwd=ROOT,
        env=environment | settings,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return done.stdout or f"It ended without a result: {done.returncode}."


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    parser.add_argument("--only", default="", metavar="PART", help="machines with PART in the name")
    options = parser.parse_args()
    counts, rows, reports = {}, [], []
    for machine, (settings, packages) in machines().items():
        if options.only not in machine:
            continue
        said = run(machine, settings, packages, options.names)
        statuses = dict(LINE.findall(said))
        ok = [name for name, status in statuses.items() if status == "ok"]
        bad = [name for name, status in statuses.items() if status not in ("ok", RECORDED, STALE)]
        counts[machine] = {"agree": len(ok), "of": len(ok) + len(bad)}
        rows.append(f"{machine:<65} {len(ok):>4} {len(bad):>7}  {', '.join(bad)}")
        print(rows[-1], flush=True)
        if bad or not statuses:
            reports.append(f"=== {machine} ===\n{said}")
    print("\n".join(["", *reports, f"{'machine':<65} {'ok':>4} {'differ':>7}  which", *rows]))
    if options.only or options.names:
        print(results.kept("checked/machines"))
    else:
        results.write("checked/machines", counts)
    return 1 if reports else 0


if __name__ == "__main__":
    sys.exit(main())
