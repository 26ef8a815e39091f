"""What readers take away: examples as scripts and notebooks, labs, a zip of all, the wheel."""

import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin

from snippets.machine import cache, fences, output, values
from snippets.machine.examples import CACHE, ROOT, Example, joint, package_digest
from snippets.machine.labs import Lab
from snippets.machine.verdict import Verdict

WHEELS = CACHE / "wheels"
FOLDER = "downloads"
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?![a-z]+:|#)([^)\s]+)\)")
README = """\
The examples of symbreak, each as a Python script and as a notebook, and the labs (labs/).

    pip install "./{wheel}[plots]"
    python zero-init/tanh.py

The notebooks install the wheel themselves.
"""
# What a script needs to show its figures, since pages only show the lesson.
TAIL = """
# Added to the download: show the figures, or save them where there is no screen.
from symbreak import plots

plots.show_or_save({stem!r})
"""
# An index of packages is never asked for the name: there it may be a stranger's.
FROM_SITE = """\
# Install symbreak if it is not there yet.
try:
    import symbreak
except ModuleNotFoundError:
    %pip install --quiet "symbreak[plots] @ {url}"
"""
NEARBY = """\
# Install symbreak if it is not there yet, from its file beside this notebook or one folder up.
try:
    import symbreak
except ModuleNotFoundError:
    from pathlib import Path

    found = [*Path(".").glob("{wheel}"), *Path("..").glob("{wheel}")]
    if not found:
        raise FileNotFoundError(
            "Put {wheel} beside this notebook. "
            "It is in symbreak-examples.zip, and among the downloads of the site."
        ) from None
    wheel = str(found[0].resolve())
    %pip install --quiet "{{wheel}}[plots]"
"""


def files(verdicts: Iterable[Verdict], site_url: str) -> dict[str, str | bytes]:
    """Return the content of every download by its place on the site."""
    name, built = wheel()
    first = first_cell(site_url)
    found: dict[str, str | bytes] = {}
    for verdict in verdicts:
        if isinstance(verdict.example, Lab):
            plain, full = lab_names(verdict.example.name)
            found[plain] = lab_notebook(verdict.example, first, site_url, {})
            found[full] = lab_notebook(verdict.example, first, site_url, verdict.result.cells)
            continue
        found[f"snippets/{verdict.example.name}.py"] = script(verdict)
        found[f"snippets/{verdict.example.name}.ipynb"] = notebook(verdict.example, first)
        for path in verdict.example.files:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    packed = {uri.partition("/")[2]: text for uri, text in found.items()}
    packed |= {"README.txt": README.format(wheel=name), name: built}
    found[f"{FOLDER}/{name}"] = built
    found[f"{FOLDER}/symbreak-examples.zip"] = archive(packed)
    return found


def script(verdict: Verdict) -> str:
    source = verdict.example.source
    if verdict.result.figures:
        source += TAIL.format(stem=verdict.example.path.stem)
    return source


def notebook(example: Example, first: str) -> str:
    """Return the example as a notebook; its first cell installs the wheel of this site."""
    if example.files:  # beside the notebook, which does not know its own name
        first += f'\n\n__file__ = "{example.path.stem}.ipynb"'
    return output.notebook(
        [
            output.markdown("claim", example.claim),
            output.code("install", first),
            output.code("example", example.source.rstrip()),
        ]
    )


def lab_names(name: str) -> tuple[str, str]:
    """Return the places of the two notebooks of a lab, without and with outputs."""
    return f"{FOLDER}/{name}.ipynb", f"{FOLDER}/{name}-with-outputs.ipynb"


def lab_notebook(lab: Lab, first: str, site_url: str, results: dict[str, list[dict]]) -> str:
    def prose(text: str) -> str:
        text = values.replace(text, "labs", output.numbers)
        return fences.change(text, lambda part: absolute(part, lab, site_url))

    cells = output.lab_cells(lab, results, _picture, prose)
    cells.insert(1, output.code("install", first))  # the title comes first
    return output.notebook(cells)


def _picture(figure: dict, number: int) -> dict:
    """Return a figure for a notebook: Jupyter shows no SVG of a notebook it does not trust."""
    png = {"image/png": figure["png"]} if "png" in figure else {}  # none before it has run
    return png | {"text/plain": figure["alt"]}


def absolute(text: str, lab: Lab, site_url: str) -> str:
    """Point links at the site or, if it has no address, leave their text alone."""

    def link(found: re.Match) -> str:
        if not site_url:
            return found[1]
        address = urljoin(f"{site_url.rstrip('/')}/{lab.name}", found[2])
        return f"[{found[1]}]({re.sub(r'(/index)?[.](md|ipynb)(?=#|$)', '/', address)})"

    return LINK.sub(link, text)


def first_cell(site_url: str) -> str:
    """Return the cell that installs the wheel: from the site, or from a folder nearby."""
    name = wheel()[0]
    if not site_url:
        return NEARBY.format(wheel=name).rstrip()
    return FROM_SITE.format(url=f"{site_url.rstrip('/')}/{FOLDER}/{name}").rstrip()


def archive(contents: dict[str, str | bytes]) -> bytes:
    """Return a zip that is the same for the same contents."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(f"symbreak-examples/{name}")  # dated 1980
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            file.writestr(entry, content)
    return packed.getvalue()


def wheel() -> tuple[str, bytes]:
    """Return name and content of the wheel, of the package as it is on disk now."""
    name, _, content = cache.made(WHEELS, _wheel_key, _build_wheel).partition(b"\n")
    return name.decode(), content


def _wheel_key() -> str:
    beside = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "README.md", "LICENSE")]
    return joint([package_digest().encode(), *beside]).hex()


def _build_wheel() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        # Dated by hatchling itself: the same package gives the same file on any day.
        environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        (file,) = Path(folder).glob("*.whl")
        return file.name.encode() + b"\n" + file.read_bytes()
