"""Marks the terms of the glossary in the text of pages, so that pointing at one shows its meaning.

Python-Markdown's own `abbr` marks every occurrence of a word between word boundaries, of which Chinese has none.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from live.pages.glossary import Finder, Term

UNTOUCHED = frozenset({"a", "abbr", "code", "kbd", "pre", "script", "style", "h1", "h2", "h3", "h4", "h5", "h6"})
SECTION = "h2"


class TooltipsExtension(Extension):
    """Markdown extension for the pages."""

    def __init__(self, finder: Callable[[], Finder]) -> None:
        super().__init__()
        self._finder = finder

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: D102
        # After 'inline' (20) and 'attr_list' (8): links and code are elements by then.
        md.treeprocessors.register(_Marker(md, self._finder), "live-tooltips", 7)


class _Marker(Treeprocessor):
    """Marks the first occurrence of each term in each section: more would be noise."""

    def __init__(self, md: Markdown, finder: Callable[[], Finder]) -> None:
        super().__init__(md)
        self._current = finder

    def run(self, root: Element) -> None:
        self._finder, self._seen = self._current(), set[Term]()
        self._enter(root)

    def _enter(self, element: Element) -> None:
        if element.tag == SECTION:
            self._seen.clear()
        if element.tag in UNTOUCHED or "admonition-title" in element.get("class", "").split():
            return
        children = list(element)
        self._mark(element, None)
        for child in children:
            self._enter(child)
            self._mark(element, child)

    def _mark(self, parent: Element, before: Element | None) -> None:
        """Mark the text at the start of `parent`, or the text behind its child `before`."""
        text = parent.text if before is None else before.tail
        if not text or isinstance(text, AtomicString):
            return
        position, last = 0, before
        index = 0 if before is None else list(parent).index(before) + 1
        for start, end, term in self._finder.find(text):
            if term in self._seen:
                continue
            self._seen.add(term)
            self._put(parent, last, text[position:start])
            last = Element("abbr", title=term.title)
            last.text = AtomicString(text[start:end])
            parent.insert(index, last)
            position, index = end, index + 1
        if position:
            self._put(parent, last, text[position:])

    @staticmethod
    def _put(parent: Element, last: Element | None, text: str) -> None:
        if last is None:
            parent.text = text
        else:
            last.tail = text
