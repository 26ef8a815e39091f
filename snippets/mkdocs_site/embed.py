"""A Python-Markdown extension: the line `@snippet <page>/<name> [part ...]` becomes the example.

The parts are `code`, `output`, `figures` and `table` (a printout that is a Markdown table, shown as
one); without parts, all are shown that the example has. What is shown is what the machine wrote,
see `snippets.machine.output`; an example that failed or differs is a red box in its place.

The line `@paste <notebook> <experiment>` becomes a box to paste into a notebook of the course, with
the text that `symbreak.paste` has for it; `@paste <notebook> check` is the box that checks.

Both work wherever Markdown has blocks: at top level, in lists, tabs and admonitions.

A renderer that reads mkdocs.yml and does not run its hooks stops here, at the first page.
"""

import html
import re
import xml.etree.ElementTree as etree

import pygments
from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from snippets.machine import boxes, output
from snippets.machine.prose import EMBED, PASTE
from snippets.machine.verdict import (
    FAILED,
    PARTS,
    RECORDED,
    RUNNING,
    STALE,
    UNRECORDED,
    no_part,
)

MARK = "  # <- "  # on a line that matters; the comment says why
NOTES = {
    RECORDED: "As recorded: {why}. Computed with {made}.",
    STALE: "As recorded: {why}. Computed with {made}. "
    "The code has changed since, and this has not been computed again.",
    RUNNING: "Not checked yet",  # what is shown is the record
}


class EmbedExtension(Extension):
    """Register the block processors; `judged` is what the hooks set, and no setting of the site."""

    def __init__(self, *, judged: bool = False):
        self.judged = judged
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        if not self.judged:
            md.preprocessors.register(_Refusal(md), "unjudged", 200)
        md.parser.blockprocessors.register(_Embed(md.parser), "snippet", 200)
        md.parser.blockprocessors.register(_Paste(md.parser), "paste", 201)


def makeExtension(**kwargs) -> EmbedExtension:  # noqa: N802
    return EmbedExtension(**kwargs)


class _Refusal(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        raise RuntimeError(
            "A page is shown only after the examples were judged, and this renderer has not run "
            "snippets/mkdocs_site/hooks.py, which does so. Run `make build`; what another renderer "
            'needs is in docs/contributing.md, "When Material ends"'
        )


class _Line(BlockProcessor):
    """Replace each line that matches `pattern`, wherever in a block it stands."""

    pattern: re.Pattern

    def test(self, parent: etree.Element, block: str) -> bool:
        return any(self._match(line) for line in block.split("\n"))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        at = next(i for i, line in enumerate(lines) if self._match(line))
        before, after = "\n".join(lines[:at]), "\n".join(lines[at + 1 :])
        if before.strip():
            self.parser.parseBlocks(parent, [before])
        self._replace(parent, self._match(lines[at]))
        if after.strip():
            blocks.insert(0, after)

    def _match(self, line: str) -> re.Match | None:
        # An indented line belongs to a list, tab or admonition, which hands it over unindented.
        return None if line.startswith(" ") else self.pattern.match(line)

    def _html(self, parent: etree.Element, text: str) -> None:
        parent = etree.SubElement(parent, "div")
        parent.text = self.parser.md.htmlStash.store(text)


class _Paste(_Line):
    pattern = PASTE

    def _replace(self, parent: etree.Element, found: re.Match) -> None:
        name, texts = " ".join(found.groups()), output.read_boxes()
        anchor = f"paste-{name.replace(' ', '-')}"
        attributes = {"class": "example", "data-paste": name, "id": anchor}
        element = etree.SubElement(parent, "div", attributes)
        if name not in texts:
            self._html(element, alert("danger", boxes.unknown(name, texts)))
            return
        head = etree.SubElement(element, "p", {"class": "example-head"})
        etree.SubElement(head, "code").text = f"{found['notebook']}: {found['experiment']}"
        _permalink(head, element)
        self._html(element, colored(texts[name]))


class _Embed(_Line):
    pattern = EMBED

    def _replace(self, parent: etree.Element, found: re.Match) -> None:
        name, parts = found["name"], tuple(found["parts"].split())
        shown = output.read(name)
        anchor = f"{parts[0] if parts else 'code'}-{name.replace('/', '-')}"
        attributes = {"class": "example", "data-snippet": name, "id": anchor}
        box = etree.SubElement(parent, "div", attributes)
        if shown is None or "cells" in shown:
            self._html(box, alert("danger", f"Unknown example {name}"))
            return
        if text := failing(shown):
            self._html(box, text)
        # What failed says so itself; without any output, nobody knows what there will be.
        has_run = shown["status"] != FAILED and (shown["output"] or shown["figures"])
        printout = "output" if shown["lacks"]["table"] else "table"
        for part in parts or ("code", printout, "figures"):
            fault = shown["lacks"].get(part, "") if part in PARTS else no_part(part)
            if not fault:
                getattr(self, f"_{part}")(box, shown)
            elif parts and (part not in PARTS or has_run):
                self._html(box, alert("danger", fault))
        if parts != ("code",) and (text := note(shown)):
            box.append(etree.fromstring(text))

    def _code(self, box: etree.Element, shown: dict) -> None:
        name = shown["name"]
        head = etree.SubElement(box, "p", {"class": "example-head"})
        etree.SubElement(head, "code").text = f"{name}.py"
        links = etree.SubElement(head, "span", {"class": "example-download"})
        for suffix in (".py", ".ipynb"):
            # MkDocs makes the link relative and complains if the file is not published.
            link = {"href": f"/snippets/{name}{suffix}", "download": "", "title": "download"}
            etree.SubElement(links, "a", link).text = suffix
        _permalink(head, box)
        self._html(box, colored(shown["code"]))

    def _output(self, box: etree.Element, shown: dict) -> None:
        self._html(box, printed(shown["output"]))

    def _table(self, box: etree.Element, shown: dict) -> None:
        self.parser.parseBlocks(box, shown["output"].strip().split("\n\n"))

    def _figures(self, box: etree.Element, shown: dict) -> None:
        several = " several" * (len(shown["figures"]) > 1)
        row = etree.SubElement(box, "div", {"class": f"figures{several}"})
        for figure in shown["figures"]:
            element = etree.SubElement(row, "figure")
            self._html(element, drawn(figure))
            caption = etree.SubElement(element, "figcaption")
            caption.text = figure["caption"] or shown["claim"]
        if box.get("id").startswith("figures-"):  # else the code has the link
            _permalink(caption, box)


def _permalink(head: etree.Element, box: etree.Element) -> None:
    link = {"href": f"#{box.get('id')}", "class": "headerlink", "title": "Link to this example"}
    etree.SubElement(head, "a", link).text = "\N{PILCROW SIGN}"


def note(shown: dict) -> str:
    """Return the paragraph that says why an example or a lab was not run here, if it was not."""
    if shown["status"] not in NOTES:
        return ""
    kind = "example-pending" if shown["status"] == RUNNING else "example-recorded"
    packages, data = "this build does without the packages", "the data are not part of this site"
    why = packages if shown["versions"] else data
    made = ", ".join([f"code {shown['stamp']}", *shown["versions"]])
    return f'<p class="{kind}">{NOTES[shown["status"]].format(why=why, made=made)}</p>'


def colored(text: str) -> str:
    """Return a Python source as HTML.

    Without the marks of names, punctuation and white space: half of the HTML, for no color.
    """
    marked = [n for n, line in enumerate(text.splitlines(), start=1) if MARK in line]
    formatter = HtmlFormatter(cssclass="highlight", wrapcode=True, hl_lines=marked)
    found = pygments.highlight(text, PythonLexer(), formatter)
    return re.sub(r'<span class="[npw]">([^<]*)</span>', r"\1", found)


def printed(text: str) -> str:
    """Return a printout as HTML."""
    text = html.escape(text.rstrip(), quote=False)
    return (
        '<div class="highlight output"><pre tabindex="0" aria-label="Output"><code>'
        f"{text}\n</code></pre></div>"
    )


def drawn(figure: dict) -> str:
    """Return the SVG of a figure with its alt text; a box of its size while there is none."""
    alt = html.escape(figure["alt"])
    if figure["svg"]:
        return figure["svg"].replace("<svg", f'<svg role="img" aria-label="{alt}"', 1)
    width, height = figure["size"]
    return (
        f'<div class="figure-pending" role="img" aria-label="{alt}" '
        f'style="width: {width}px; aspect-ratio: {width} / {height}">Not drawn yet</div>'
    )


def failing(shown: dict) -> str:
    """Return the box that stands where an example or a lab does not hold; else nothing."""
    if shown["holds"] or shown["status"] == RUNNING:
        return ""
    kind = "warning" if shown["status"] == UNRECORDED else "danger"
    return alert(kind, f"{shown['name']}: {shown['status']}", shown["message"])


def alert(kind: str, title: str, text: str = "") -> str:
    body = f"<pre><code>{html.escape(text)}</code></pre>" if text else ""
    title = f'<p class="admonition-title">{html.escape(title)}</p>'
    return f'<div class="admonition {kind}">{title}{body}</div>'
