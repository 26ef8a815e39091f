"""Pages that need not be converted again: their HTML, kept under all that it is made of.

Not kept are pages that MkDocs warned about: a build has to say so each time.
"""

import json
import logging
import os
import re
import sysconfig
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils import CountHandler

from snippets.machine import cache, fences, output
from snippets.machine.examples import CACHE, FOLDER, digest, joint, package_digest
from snippets.machine.prose import EMBED
from snippets.mkdocs_site import tex

PAGES = CACHE / "pages"
WARNED = CountHandler(level=logging.WARNING)
logging.getLogger("mkdocs").addHandler(WARNED)
OBJECTS = re.compile(r"^[ #]*::: ?\S", re.MULTILINE)


def code() -> bytes:
    """Hash the code that shows the pages, as it is on disk."""
    folders = FOLDER / "machine", FOLDER / "mkdocs_site"
    return digest([p for f in folders for p in sorted(f.glob("[!.#]*.[pj]*"))], FOLDER)


LOADED = code()


def surroundings(config: MkDocsConfig, files: Files) -> str:
    """Hash what every page depends on: settings, the files there are, the code that renders."""
    parts = [
        Path(config.config_file_path).read_bytes(),
        LOADED,
        tex.version().encode(),
        repr(sorted((file.src_uri, file.url) for file in files)).encode(),
        repr(sorted(os.listdir(sysconfig.get_path("purelib")))).encode(),  # names have versions
        repr([config.site_url, config.extra.get("repository")]).encode(),
        output.BOXES.read_bytes() if output.BOXES.exists() else b"",
    ]
    return joint(parts).hex()


def key(page: Page, markdown: str, around: str) -> str:
    """Hash what the HTML of a page is made of."""
    names = [found["name"] for _, line in fences.outside(markdown) if (found := EMBED.match(line))]
    parts = [around.encode(), page.file.src_uri.encode(), markdown.encode()]
    if page.file.src_uri.endswith(".ipynb"):
        parts.append(Path(page.file.abs_src_path).read_bytes())
        names.append(page.file.src_uri.removesuffix(".ipynb"))
    if has_objects(markdown):  # mkdocstrings reads the package
        parts.append(package_digest().encode())
    for path in map(output.path, names):
        parts.append(path.read_bytes() if path.exists() else b"")
    return joint(parts).hex()


def has_objects(markdown: str) -> bool:
    """Tell whether mkdocstrings describes objects on a page."""
    return bool(OBJECTS.search(markdown))


def load(page: Page, key: str, config: MkDocsConfig) -> bool:
    """Give a page its kept HTML, if there is one, so that `render` has nothing to do."""
    content = cache.read(_path(page))
    kept = json.loads(content) if content else None
    if not kept or kept["key"] != key:
        return False
    for item in kept["objects"]:
        config.plugins["mkdocstrings"].handlers.inventory.register(**item)
        config.plugins["autorefs"].register_anchor(page, item["name"], primary=True)

    def render(config: MkDocsConfig, files: Files) -> None:
        page.content, page.toc = kept["content"], get_toc(kept["toc"])
        page._title_from_render = kept["title"]
        page.present_anchor_ids = set(kept["ids"])
        page.links_to_anchors = {
            files.get_file_from_path(uri): links for uri, links in kept["links"].items()
        }

    page.render = render  # as mkdocs-jupyter does
    return True


def store(page: Page, key: str, config: MkDocsConfig) -> None:
    """Keep the HTML of a page, with what MkDocs and mkdocstrings have read off it."""
    links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
    kept = {
        "key": key,
        "content": page.content,
        "toc": [_token(link) for link in page.toc],
        "title": getattr(page, "_title_from_render", None),
        "ids": sorted(page.present_anchor_ids or ()),
        "links": links,
        "objects": [vars(item) for item in _objects(page, config)],
    }
    cache.write(_path(page), json.dumps(kept))


def _objects(page: Page, config: MkDocsConfig) -> list:
    """Return what a page adds to the inventory of objects that can be linked to."""
    if "mkdocstrings" not in config.plugins:
        return []
    known = config.plugins["mkdocstrings"].handlers.inventory.values()
    return [item for item in known if item.uri.startswith(f"{page.url}#")]


def _path(page: Page) -> Path:
    return PAGES / page.file.src_uri.replace("/", ".")


def _token(link: AnchorLink) -> dict:
    """Return what `get_toc` reads."""
    children = [_token(child) for child in link.children]
    return {"level": link.level, "id": link.id, "name": link.title, "children": children}


def warnings() -> int:
    """Count what MkDocs has warned about so far."""
    return sum(WARNED.counts.values())
