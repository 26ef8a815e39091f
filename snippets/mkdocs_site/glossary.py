"""A Python-Markdown extension: the first time a page uses a word of the glossary, it is explained.

The words stand in mkdocs.yml. An `<abbr>` shows its text on hover; the keyboard reaches it too.
"""

import re
import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

NO_PROSE = {"a", "code", "h1", "h2", "h3", "h4", "pre", "summary", "svg", "th"}


class GlossaryExtension(Extension):
    """Register the tree processor, after the inline patterns have run."""

    def __init__(self, **words: str):
        self.words = words
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_FirstUses(md, self.words), "glossary", 7)


def makeExtension(**words: str) -> GlossaryExtension:  # noqa: N802
    return GlossaryExtension(**words)


class _FirstUses(Treeprocessor):
    def __init__(self, md: Markdown, words: dict[str, str]):
        super().__init__(md)
        capitals = {word[0].upper() + word[1:]: meaning for word, meaning in words.items()}
        self.words = words | capitals

    def run(self, root: etree.Element) -> None:
        self.left = self.words
        self._explain(root)

    def _explain(self, element: etree.Element) -> None:
        if element.tag in NO_PROSE:
            return
        children = list(element)
        element.text, first = self._split(element.text)
        for child in reversed(first):
            element.insert(0, child)
        for child in children:
            self._explain(child)
            child.tail, then = self._split(child.tail)
            at = list(element).index(child) + 1
            element[at:at] = then

    def _split(self, text: str | None) -> tuple[str | None, list[etree.Element]]:
        """Return the text before the first word that is explained, and an element for each word."""
        if not text or not self.left or isinstance(text, AtomicString):
            return text, []
        longest = sorted(self.left, key=len, reverse=True)
        found = re.search(rf"\b({'|'.join(map(re.escape, longest))})s?\b", text)
        if not found:
            return text, []
        meaning = self.left[found[1]]
        self.left = {word: text for word, text in self.left.items() if text != meaning}
        abbr = etree.Element("abbr", title=meaning, tabindex="0")
        abbr.text = AtomicString(found[0])
        abbr.tail, further = self._split(text[found.end() :])
        return text[: found.start()], [abbr, *further]
