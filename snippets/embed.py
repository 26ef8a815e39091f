"""A Python-Markdown extension: the line `@snippet <page>/<name> [part ...]` becomes the example.

The parts are `code`, `output`, `figures` and `table` (a printout that is a Markdown table); without
parts, code, output and figures are shown. It works wherever Markdown has blocks: at top level, in
lists, tabs and admonitions. What is shown comes from `verdicts`, which the MkDocs hooks fill
before the pages are read; an example that failed or differs is a red box in its place.
"""

import html
import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from snippets.check import OK, UNRECORDED, Verdict
from snippets.pages import EMBED

verdicts: dict[str, Verdict] = {}


class EmbedExtension(Extension):
    """Register the block processor."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.parser.blockprocessors.register(_Embed(md.parser), "snippet", 200)


def makeExtension(**kwargs) -> EmbedExtension:  # noqa: N802
    return EmbedExtension(**kwargs)


class _Embed(BlockProcessor):
    def test(self, parent: etree.Element, block: str) -> bool:
        return any(_embeds(line) for line in block.split("\n"))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        at = next(i for i, line in enumerate(lines) if _embeds(line))
        before, after = "\n".join(lines[:at]), "\n".join(lines[at + 1 :])
        if before.strip():
            self.parser.parseBlocks(parent, [before])
        found = EMBED.match(lines[at])
        self._example(parent, found["name"], tuple(found["parts"].split()))
        if after.strip():
            blocks.insert(0, after)

    def _example(self, parent: etree.Element, name: str, parts: tuple[str, ...]) -> None:
        verdict = verdicts.get(name)
        anchor = f"{parts[0] if parts else 'code'}-{name.replace('/', '-')}"
        attributes = {"class": "example", "data-snippet": name, "id": anchor}
        box = etree.SubElement(parent, "div", attributes)
        if verdict is None:
            self._html(box, _alert("danger", f"Unknown snippet {name}", ""))
            return
        if verdict.status != OK:
            kind = "warning" if verdict.status == UNRECORDED else "danger"
            self._html(box, _alert(kind, f"{name}: {verdict.status}", verdict.message))
        for part in parts or ("code", "output", "figures"):
            getattr(self, f"_{part}", lambda box, verdict: None)(box, verdict)

    def _html(self, parent: etree.Element, text: str) -> None:
        parent = etree.SubElement(parent, "div")
        parent.text = self.parser.md.htmlStash.store(text)

    def _code(self, box: etree.Element, verdict: Verdict) -> None:
        name = verdict.snippet.name
        formatter = HtmlFormatter(cssclass="highlight", wrapcode=True)
        head = etree.SubElement(box, "p", {"class": "example-head"})
        etree.SubElement(head, "code").text = f"{name}.py"
        links = etree.SubElement(head, "span", {"class": "example-download"})
        for suffix in (".py", ".ipynb"):
            # MkDocs makes the link relative and complains if the file is not published.
            link = {"href": f"/snippets/{name}{suffix}", "download": "", "title": "download"}
            etree.SubElement(links, "a", link).text = suffix
        self._html(box, highlight(verdict.snippet.source, PythonLexer(), formatter))

    def _output(self, box: etree.Element, verdict: Verdict) -> None:
        printed = html.escape(verdict.result.stdout.rstrip(), quote=False)
        if printed:
            self._html(
                box,
                '<div class="highlight output"><pre tabindex="0" aria-label="Output"><code>'
                f"{printed}\n</code></pre></div>",
            )

    def _table(self, box: etree.Element, verdict: Verdict) -> None:
        self.parser.parseBlocks(box, verdict.result.stdout.strip().split("\n\n"))

    def _figures(self, box: etree.Element, verdict: Verdict) -> None:
        row = etree.SubElement(box, "div", {"class": "figures"})
        for figure in verdict.result.figures:
            element = etree.SubElement(row, "figure")
            named = f'<svg role="img" aria-label="{html.escape(figure["alt"])}"'
            self._html(element, figure["svg"].replace("<svg", named, 1))
            caption = etree.SubElement(element, "figcaption")
            caption.text = figure["caption"] or verdict.snippet.claim


def _embeds(line: str) -> bool:
    # An indented line belongs to a list, tab or admonition, which hands it over unindented.
    return not line.startswith(" ") and bool(EMBED.match(line))


def _alert(kind: str, title: str, text: str) -> str:
    body = f"<pre><code>{html.escape(text)}</code></pre>" if text else ""
    title = f'<p class="admonition-title">{html.escape(title)}</p>'
    return f'<div class="admonition {kind}">{title}{body}</div>'
