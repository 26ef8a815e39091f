"""A lab as a page of the site.

mkdocs-jupyter turns the notebook of the machine into HTML. `to_page` then takes its cells out and
gives them the markup of the site's examples: mkdocs-jupyter brings 576 KB of style and script into
each page, leaves formulas and links to `.md` as they are, and has figures for one color scheme.
"""

import html
import re

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from markdown.extensions.toc import nest_toc_tokens, slugify, unique
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from snippets.mkdocs_site import tex
from snippets.mkdocs_site.downloads import lab_names
from snippets.mkdocs_site.embed import colored, drawn, failing, note, printed

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$]+?)\$", re.DOTALL)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def to_page(content: str, shown: dict, page: Page, files: Files, config: MkDocsConfig) -> str:
    """Turn what mkdocs-jupyter made of a lab into the page."""
    links = _RelativePathTreeprocessor(page.file, files, config)  # MkDocs checks all pages with it
    return _LabPage(shown, page, links).write(content)


class _LabPage:
    def __init__(self, shown: dict, page: Page, links: _RelativePathTreeprocessor):
        self.shown, self.page, self.links = shown, page, links
        self.ids: set[str] = set()
        self.toc: list[dict] = []
        page.present_anchor_ids, page.links_to_anchors = self.ids, links.links_to_anchors

    def write(self, content: str) -> str:
        cells = BeautifulSoup(content, "html.parser").select('.jp-Cell[id^="cell-id="]')
        title, end, rest = "".join(map(self._cell, cells)).partition("</h1>")
        self.page.toc = get_toc(nest_toc_tokens(self.toc))
        head = failing(self.shown) + note(self.shown) + self._downloads()
        return f'<div class="lab">{title}{end}{head}{rest}</div>'

    def _downloads(self) -> str:
        plain, full = (
            get_relative_url(uri, self.page.url) for uri in lab_names(self.shown["name"])
        )
        return (
            '<p class="lab-downloads">Notebook: '
            f'<a href="{plain}" download>without outputs</a>, '
            f'<a href="{full}" download>with outputs</a></p>'
        )

    def _cell(self, cell: Tag) -> str:
        if prose := cell.select_one(".jp-RenderedMarkdown"):
            return self._prose(prose)
        name = cell["id"].removeprefix("cell-id=")
        code = colored(cell.select_one(".highlight-ipynb").get_text())
        said = "".join(self._said(name, part) for part in cell.select(".jp-OutputArea-output"))
        if said and name in self.shown["folded"]:
            said = f'<details class="lab-result"><summary>Result</summary>{said}</details>'
        self.ids.add(f"cell-{name}")
        blank = " lab-blank" * (name in self.shown["blanks"])
        return f'<div class="example lab-cell{blank}" id="cell-{name}">{code}{said}</div>'

    def _said(self, name: str, part: Tag) -> str:
        mark = part.select_one("[data-figure]")
        if not mark:
            return printed(part.get_text().strip("\n"))
        figure = self.shown["cells"][name][int(mark["data-figure"])]
        caption = html.escape(figure["caption"], quote=False)
        caption = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f'<div class="figures"><figure>{drawn(figure)}{caption}</figure></div>'

    def _prose(self, prose: Tag) -> str:
        for heading in prose.find_all(HEADINGS):
            self._heading(heading)
        for details in prose.find_all("details", class_=False):
            details["class"] = "question"  # as on the other pages
        for link in prose.find_all("a", href=True):
            link["href"] = self.links.path_to_url(link["href"])
        for text in prose.find_all(string=FORMULA):
            if not text.find_parent(["pre", "code"]):
                written = html.escape(text, quote=False)
                text.replace_with(PreformattedString(FORMULA.sub(self._formula, written)))
        for block in prose.select(".highlight > pre"):
            block.name = "code"
            block.wrap(Tag(name="pre"))  # as on the other pages
        return prose.decode_contents()

    def _heading(self, heading: Tag) -> None:
        for link in heading.select(".anchor-link"):
            link.decompose()
        name = heading.get_text().strip()
        anchor = heading["id"] = unique(slugify(name, "-"), self.ids)
        self.toc.append({"level": int(heading.name[1]), "id": anchor, "name": name})
        mark = f'<a class="headerlink" href="#{anchor}" title="Permanent link">¶</a>'
        heading.append(PreformattedString(mark))

    def _formula(self, found: re.Match) -> str:
        display = found[1] is not None
        source = html.unescape((found[1] or found[2]).strip())
        shown = tex.to_html(source, display, self.shown["place"], self.shown["prose"])
        kind = "div" if display else "span"
        return f'<{kind} class="arithmatex">{shown}</{kind}>'
