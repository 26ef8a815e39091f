"""What readers take away: each example as a script and as a notebook, a zip of all, the wheel."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import nbformat

from snippets.catalog import CACHE, ROOT, Snippet, package_digest
from snippets.check import Verdict

FOLDER = "downloads"
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
INSTALL = """\
# Install symbreak if it is not there yet.
try:
    import symbreak
except ModuleNotFoundError:
    %pip install --quiet {requirement}"""


def files(
    verdicts: dict[str, Verdict], site_url: str, notebooks: dict[str, str] | None = None
) -> dict[str, str | bytes]:
    """Return the content of every download by its place on the site, `notebooks` among them."""
    built, first = wheel(), first_cell(site_url)
    found: dict[str, str | bytes] = dict(notebooks or {})
    for name, verdict in verdicts.items():
        found[f"snippets/{name}.py"] = script(verdict)
        found[f"snippets/{name}.ipynb"] = notebook(verdict.snippet, first)
    packed = {uri.partition("/")[2]: text for uri, text in found.items()}
    packed |= {"README.txt": README.format(wheel=built.name), built.name: built.read_bytes()}
    found[f"{FOLDER}/{built.name}"] = built.read_bytes()
    found[f"{FOLDER}/symbreak-examples.zip"] = archive(packed)
    return found


def script(verdict: Verdict) -> str:
    source = verdict.snippet.source
    if verdict.result.figures:
        source += TAIL.format(stem=verdict.snippet.path.stem)
    return source


def notebook(snippet: Snippet, first: str) -> str:
    """Return the example as a notebook; its first cell installs the wheel of this site."""
    return _notebook(snippet.claim, first, snippet.source.rstrip())


@cache  # `serve` asks for the same ones at every build
def _notebook(claim: str, first: str, source: str) -> str:
    v4 = nbformat.v4
    cells = [
        v4.new_markdown_cell(claim, id="claim"),
        v4.new_code_cell(first, id="install"),
        v4.new_code_cell(source, id="example"),
    ]
    return write(v4.new_notebook(cells=cells))


def first_cell(site_url: str) -> str:
    return install(f"{site_url.rstrip('/')}/{FOLDER}/{wheel().name}" if site_url else "")


def install(url: str) -> str:
    """Return the cell that installs the wheel: from the site, or from a folder nearby."""
    nearby = "--find-links . --find-links .. symbreak[plots]"
    return INSTALL.format(requirement=f'"symbreak[plots] @ {url}"' if url else nearby)


def write(notebook: nbformat.NotebookNode) -> str:
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def archive(contents: dict[str, str | bytes]) -> bytes:
    """Return a zip that is the same for the same contents."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(f"symbreak-examples/{name}")  # dated 1980
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            file.writestr(entry, content)
    return packed.getvalue()


def wheel() -> Path:
    """Return the wheel of the package as it is on disk; build it when it has changed."""
    beside = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "README.md", "LICENSE")]
    digest = hashlib.sha256(b"\0".join([package_digest(), *beside])).hexdigest()
    folder = CACHE / "wheels" / digest
    if not [*folder.glob("*.whl")]:
        shutil.rmtree(folder.parent, ignore_errors=True)  # older ones are no use
        aside = folder.with_name(f"{digest}-{os.getpid()}")
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", aside]
        # Dated by hatchling itself: the same package gives the same file on any day.
        environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        aside.rename(folder)
    return next(folder.glob("*.whl"))
