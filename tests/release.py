"""Try a release as a stranger gets it: the wheel and the downloads of the built site.

    python tests/release.py site [--python python3.12 ...]

For each Python, in a fresh environment outside of the checkout: the wheel brings numpy and nothing
else, and the README's example prints what the README says. With the plots, the scripts of the
lesson, from the archive of the site, print what their records say and save their figures.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from snippets.machine.record import FIGURE, NUMBERS, agree  # noqa: E402

LESSON = ("index", "logistic", "two-layers", "zero-init", "constant", "breaking-symmetry")
README = re.compile(r"```python\n(.*?)```\s*```text\n(.*?)```", re.DOTALL)


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints; it sees nothing of the checkout, and no screen."""
    seen = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=seen | {"MPLBACKEND": "agg"}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")
    return done.stdout


def compare(what: str, recorded: str, printed: str) -> None:
    """Stop if the printout does not begin as recorded; a download prints more at its end."""
    lines = recorded.rstrip().splitlines()
    for old, new in zip_longest(lines, printed.splitlines()[: len(lines)], fillvalue=""):
        if not agree(old, new):
            raise SystemExit(f"{what}: expected {old!r}, got {new!r}")


def try_wheel(wheel: Path, python: Path, folder: Path) -> None:
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    listed = json.loads(run(python, "-m", "pip", "list", "--format", "json", cwd=folder))
    names = {package["name"]: package["version"] for package in listed}
    extra = names.keys() - {"pip", "setuptools", "wheel", "numpy", "symbreak"}
    if extra:
        raise SystemExit(f"The wheel must bring numpy alone, got {', '.join(sorted(extra))}")
    code, shown = README.search((ROOT / "README.md").read_text(encoding="utf-8")).groups()
    compare("README.md", shown, run(python, "-c", code, cwd=folder))
    version = run(python, "-c", "import symbreak; print(symbreak.__version__)", cwd=folder)
    assert version.strip() == names["symbreak"] == wheel.name.split("-")[1]


def try_scripts(wheel: Path, archive: Path, python: Path, folder: Path) -> int:
    """Run the scripts of the lesson; return how many there are."""
    run(python, "-m", "pip", "install", "--quiet", f"{wheel}[plots]", cwd=folder)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    scripts = [
        path for page in LESSON for path in sorted((folder / archive.stem / page).glob("*.py"))
    ]
    for path in scripts:
        record = (ROOT / "snippets" / path.parent.name / f"{path.stem}.out").read_text("utf-8")
        said, *drawn = FIGURE.split(record.partition(f"\n{NUMBERS}\n")[0])
        compare(f"{path.parent.name}/{path.name}", said, run(python, path, cwd=path.parent))
        saved = len(list(path.parent.glob(f"{path.stem}-*.png")))
        if saved != len(drawn) // 3:
            raise SystemExit(f"{path.name} must save {len(drawn) // 3} figures, got {saved}")
    return len(scripts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("--python", nargs="+", default=[sys.executable], help="which Pythons")
    options = parser.parse_args()
    downloads = options.site.resolve() / "downloads"
    (wheel,) = downloads.glob("*.whl")
    for python in options.python:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            run(shutil.which(python) or python, "-m", "venv", folder / "venv", cwd=folder)
            inside = folder / "venv" / "bin" / "python"
            try_wheel(wheel, inside, folder)
            number = try_scripts(wheel, downloads / "symbreak-examples.zip", inside, folder)
            used = run(inside, "-c", "import sys; print(sys.version.split()[0])", cwd=folder)
            print(
                f"Python {used.strip()}: the wheel, and {number} scripts of the lesson", flush=True
            )
    target = ROOT / "dist"
    target.mkdir(exist_ok=True)
    shutil.copy(wheel, target)
    print(f"dist/{wheel.name} and {options.site}/ are ready to publish")


if __name__ == "__main__":
    main()
