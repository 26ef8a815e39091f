"""A lab as a page of the site.

mkdocs-jupyter turns the notebook of the machine into HTML. `to_page` then takes its cells
out and gives them the markup of the site's examples: mkdocs-jupyter brings 576 KB of style and
script into each page, leaves formulas and links to `.md` as they are, and has figures for one
color scheme.
"""

import html
import posixpath
import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from markdown.extensions.toc import slugify, unique
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from snippets.mkdocs_site import tex
from snippets.mkdocs_site.downloads import lab_names
from snippets.mkdocs_site.embed import drawn, failing, note, printed, thin

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$]+?)\$", re.DOTALL)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Stands for finished HTML that the parser must not touch: it would write `viewBox` small.
CODE = re.compile(
    r'(<div class="highlight-ipynb[^>]*><pre><span></span>)(.*?)(?=</pre>)', re.DOTALL
)
HELD = re.compile("\x02(\\d+)\x03")


def to_page(content: str, shown: dict, page: Page, files: Files) -> str:
    """Turn what mkdocs-jupyter made of a lab into the page."""
    content = re.sub(r"<(style|script|clipboard-copy)\b.*?</\1>", "", content, flags=re.DOTALL)
    return _LabPage(shown, page, files).write(content)


class _LabPage:
    def __init__(self, shown: dict, page: Page, files: Files):
        self.shown, self.page, self.files = shown, page, files
        self.held: list[str] = []
        self.ids: set[str] = set()
        self.toc: list[dict] = []
        page.present_anchor_ids, page.links_to_anchors = self.ids, {}

    def write(self, content: str) -> str:
        # Colored code is most of the page: parsing it would take half of the time.
        content = CODE.sub(lambda found: found[1] + self._hold(thin(found[2])), content)
        soup = BeautifulSoup(content, "html.parser")
        parts = []
        for cell in soup.select('.jp-Cell[id^="cell-id="]'):
            if prose := cell.select_one(".jp-RenderedMarkdown"):
                parts.append(self._prose(prose))
            else:
                parts.append(self._code(cell, cell["id"].removeprefix("cell-id=")))
        self.page.toc = get_toc(self.toc)
        head = self._hold(failing(self.shown)) + note(self.shown) + self._downloads()
        title, end, rest = "".join(parts).partition("</h1>")
        text = f'<div class="lab">{title}{end}{head}{rest}</div>'
        return HELD.sub(lambda found: self.held[int(found[1])], text)

    def _hold(self, text: str) -> str:
        self.held.append(text)
        return f"\x02{len(self.held) - 1}\x03"

    def _downloads(self) -> str:
        plain, full = (
            get_relative_url(uri, self.page.url) for uri in lab_names(self.shown["name"])
        )
        return (
            '<p class="lab-downloads">Notebook: '
            f'<a href="{plain}" download>without outputs</a>, '
            f'<a href="{full}" download>with outputs</a></p>'
        )

    # Code and what it says

    def _code(self, cell: Tag, name: str) -> str:
        source = cell.select_one(".highlight-ipynb pre").decode_contents()
        code = f'<div class="highlight"><pre>{_in_code(source)}</pre></div>'
        parts = []
        for said_here in cell.select(".jp-OutputArea-output"):
            if mark := said_here.select_one("[data-figure]"):
                figure = self.shown["cells"][name][int(mark["data-figure"])]
                parts.append(self._figure(figure))
            else:
                parts.append(printed(said_here.get_text().strip("\n")))
        said = "".join(parts)
        if said and name in self.shown["folded"]:
            said = f'<details class="lab-result"><summary>Result</summary>{said}</details>'
        self.ids.add(f"cell-{name}")
        kind = "example lab-cell lab-blank" if name in self.shown["blanks"] else "example lab-cell"
        return f'<div class="{kind}" id="cell-{name}">{code}{said}</div>'

    def _figure(self, figure: dict) -> str:
        svg = self._hold(drawn(figure))
        caption = html.escape(figure["caption"], quote=False)
        caption = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f'<div class="figures"><figure>{svg}{caption}</figure></div>'

    # Prose

    def _prose(self, prose: Tag) -> str:
        for heading in prose.find_all(HEADINGS):
            self._heading(heading)
        for pre in prose.find_all("pre"):
            if not pre.code:
                pre.replace_with(_parsed(f"<pre>{_in_code(pre.decode_contents())}</pre>"))
        for details in prose.find_all("details", class_=False):
            details["class"] = "question"  # as on the other pages
        for link in prose.find_all("a", class_=lambda name: name != "headerlink"):
            self._link(link)
        for text in list(prose.find_all(string=FORMULA)):
            if not text.find_parent(["pre", "code"]):
                held = FORMULA.sub(self._formula, str(text))
                text.replace_with(NavigableString(held))
        return prose.decode_contents()

    def _heading(self, heading: Tag) -> None:
        for link in heading.select(".anchor-link"):
            link.decompose()
        level, name = int(heading.name[1]), heading.get_text().strip()
        heading["id"] = unique(slugify(name, "-"), self.ids)
        entry = {"level": level, "id": heading["id"], "name": name, "children": []}
        siblings = self.toc
        while siblings and siblings[-1]["level"] < level:
            siblings = siblings[-1]["children"]
        siblings.append(entry)
        mark = f'<a class="headerlink" href="#{heading["id"]}" title="Permanent link">¶</a>'
        heading.append(_parsed(mark))

    def _link(self, link: Tag) -> None:
        written = link.get("href", "")
        url = urlsplit(written)
        if url.scheme or url.netloc:
            return
        file = self.page.file
        if url.path:
            uri = posixpath.join(posixpath.dirname(file.src_uri), url.path)
            file = self.files.get_file_from_path(posixpath.normpath(uri))
            if file is None:
                link["data-problem"] = self._problem(
                    f"link to {written!r}, which is no page of this site", written
                )
                return
            anchor = f"#{url.fragment}" if url.fragment else ""
            link["href"] = file.url_relative_to(self.page.file) + anchor
        if url.fragment:  # MkDocs checks them when it has all pages
            self.page.links_to_anchors.setdefault(file, {}).setdefault(url.fragment, written)

    def _formula(self, found: re.Match) -> str:
        display = found[1] is not None
        source = html.unescape((found[1] or found[2]).strip())
        shown = tex.to_html(source, display, self.shown["place"], self.shown["prose"])
        kind = "div" if display else "span"
        return self._hold(f'<{kind} class="arithmatex">{shown}</{kind}>')

    def _problem(self, text: str, near: str) -> str:
        before, found, _ = self.shown["prose"].partition(near)
        line = f":{before.count(chr(10)) + 1}" if found else ""
        return f"{self.shown['place']}{line}: {text}"


def _in_code(source: str) -> str:
    source = source.removeprefix("<span></span>")
    return f"<span></span><code>{source}</code>"  # Material's copy button looks for it


def _parsed(text: str) -> Tag:
    return BeautifulSoup(text, "html.parser").find()
