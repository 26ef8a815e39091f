"""A Python-Markdown extension: the line `@snippet <page>/<name> [part ...]` becomes the example.

The parts are `code`, `output`, `figures` and `table` (a printout that is a Markdown table); without
parts, code, output and figures are shown. What is shown comes from `verdicts`, which the MkDocs
hooks fill before the pages are read; an example that failed or differs is a red box in its place.

The line `@paste <notebook> <experiment>` becomes a box to paste into a notebook of the course, with
the text that `symbreak.paste` has for it; `@paste <notebook> check` is the box that checks.

Both work wherever Markdown has blocks: at top level, in lists, tabs and admonitions.
"""

import html
import re
import xml.etree.ElementTree as etree
from functools import cache

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from snippets.check import RECORDED, STALE, UNRECORDED, Verdict
from snippets.pages import EMBED, PARTS, PASTE, box_text, no_part

verdicts: dict[str, Verdict] = {}
MARK = "  # <- "  # on a line that matters; the comment says why
RECORDED_NOTE = "As recorded: the data are not part of this site. Computed with code {}."
STALE_NOTE = " The code has changed since, and this has not been computed again."


class EmbedExtension(Extension):
    """Register the block processors."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.parser.blockprocessors.register(_Embed(md.parser), "snippet", 200)
        md.parser.blockprocessors.register(_Paste(md.parser), "paste", 201)


def makeExtension(**kwargs) -> EmbedExtension:  # noqa: N802
    return EmbedExtension(**kwargs)


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

    def _python(self, box: etree.Element, text: str) -> None:
        self._html(box, _colored(text))


@cache  # `serve` shows the same code at every build
def _colored(text: str) -> str:
    marked = [n for n, line in enumerate(text.splitlines(), start=1) if MARK in line]
    formatter = HtmlFormatter(cssclass="highlight", wrapcode=True, hl_lines=marked)
    return thin(highlight(text, PythonLexer(), formatter))


def thin(colored: str) -> str:
    """Drop the marks of names, punctuation and white space: half of the HTML, for no color."""
    return re.sub(r'<span class="[npw]">([^<]*)</span>', r"\1", colored)


class _Paste(_Line):
    pattern = PASTE

    def _replace(self, parent: etree.Element, found: re.Match) -> None:
        names = tuple(found.groupdict().values())
        attributes = {"class": "example", "data-paste": " ".join(names)}
        element = etree.SubElement(parent, "div", attributes | {"id": f"paste-{'-'.join(names)}"})
        try:
            text = box_text(*names)
        except ValueError as error:
            self._html(element, alert("danger", str(error), ""))
            return
        head = etree.SubElement(element, "p", {"class": "example-head"})
        etree.SubElement(head, "code").text = f"{found['notebook']}: {found['experiment']}"
        _permalink(head, element)
        self._python(element, text)


class _Embed(_Line):
    pattern = EMBED

    def _replace(self, parent: etree.Element, found: re.Match) -> None:
        name, parts = found["name"], tuple(found["parts"].split())
        verdict = verdicts.get(name)
        anchor = f"{parts[0] if parts else 'code'}-{name.replace('/', '-')}"
        attributes = {"class": "example", "data-snippet": name, "id": anchor}
        box = etree.SubElement(parent, "div", attributes)
        if verdict is None:
            self._html(box, alert("danger", f"Unknown snippet {name}", ""))
            return
        if not verdict.holds:
            self._html(box, failing(verdict))
        for part in parts or ("code", "output", "figures"):
            if part in PARTS:
                getattr(self, f"_{part}")(box, verdict)
            else:
                self._html(box, alert("danger", no_part(part), ""))
        if verdict.status in (RECORDED, STALE) and parts != ("code",):
            note = etree.SubElement(box, "p", {"class": "example-recorded"})
            note.text = RECORDED_NOTE.format(verdict.result.stamp)
            note.text += STALE_NOTE if verdict.status == STALE else ""

    def _code(self, box: etree.Element, verdict: Verdict) -> None:
        name = verdict.snippet.name
        head = etree.SubElement(box, "p", {"class": "example-head"})
        etree.SubElement(head, "code").text = f"{name}.py"
        links = etree.SubElement(head, "span", {"class": "example-download"})
        for suffix in (".py", ".ipynb"):
            # MkDocs makes the link relative and complains if the file is not published.
            link = {"href": f"/snippets/{name}{suffix}", "download": "", "title": "download"}
            etree.SubElement(links, "a", link).text = suffix
        _permalink(head, box)
        self._python(box, verdict.snippet.source)

    def _output(self, box: etree.Element, verdict: Verdict) -> None:
        if verdict.result.stdout.strip():
            self._html(box, printed(verdict.result.stdout))

    def _table(self, box: etree.Element, verdict: Verdict) -> None:
        self.parser.parseBlocks(box, verdict.result.stdout.strip().split("\n\n"))

    def _figures(self, box: etree.Element, verdict: Verdict) -> None:
        several = " several" * (len(verdict.result.figures) > 1)
        row = etree.SubElement(box, "div", {"class": f"figures{several}"})
        for figure in verdict.result.figures:
            element = etree.SubElement(row, "figure")
            self._html(element, named(figure))
            caption = etree.SubElement(element, "figcaption")
            caption.text = figure["caption"] or verdict.snippet.claim
        if box.get("id").startswith("figures-"):  # else the code has the link
            _permalink(caption, box)


def _permalink(head: etree.Element, box: etree.Element) -> None:
    link = {"href": f"#{box.get('id')}", "class": "headerlink", "title": "Link to this example"}
    etree.SubElement(head, "a", link).text = "\N{PILCROW SIGN}"


def printed(text: str) -> str:
    """Return a printout as HTML."""
    text = html.escape(text.rstrip(), quote=False)
    return (
        '<div class="highlight output"><pre tabindex="0" aria-label="Output"><code>'
        f"{text}\n</code></pre></div>"
    )


def named(figure: dict) -> str:
    """Return the SVG of a figure with its alt text."""
    name = f'<svg role="img" aria-label="{html.escape(figure["alt"])}"'
    return figure["svg"].replace("<svg", name, 1)


def failing(verdict: Verdict) -> str:
    """Return the box that stands where an example or a lab does not hold."""
    kind = "warning" if verdict.status == UNRECORDED else "danger"
    return alert(kind, f"{verdict.snippet.name}: {verdict.status}", verdict.message)


def alert(kind: str, title: str, text: str) -> str:
    body = f"<pre><code>{html.escape(text)}</code></pre>" if text else ""
    title = f'<p class="admonition-title">{html.escape(title)}</p>'
    return f'<div class="admonition {kind}">{title}{body}</div>'
