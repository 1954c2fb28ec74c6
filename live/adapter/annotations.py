"""Puts the list that explains a program right behind its code, where Material looks for annotations.

On a page the list follows the whole program, output included. Without JavaScript it is read where it stands then:
between the code and what the code printed.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from live.rendering.program import START_OF_RUN


class AnnotationsExtension(Extension):
    """Markdown extension for the pages."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: D102
        # Before 'inline' (20): the list's text is then still to be processed, wherever it stands.
        md.treeprocessors.register(_Mover(md), "live-annotations", 25)


class _Mover(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child, following in zip(list(parent), list(parent)[1:], strict=False):
                if following.tag == "ol":
                    self._split(parent, child, following)

    def _split(self, parent: Element, program: Element, explanations: Element) -> None:
        """Divide the stashed HTML of the program in two, and move its second half behind the list."""
        placeholder = HTML_PLACEHOLDER_RE.fullmatch((program.text or "").strip())
        if not placeholder or len(program):
            return
        stash = self.md.htmlStash
        code, separator, run = str(stash.rawHtmlBlocks[int(placeholder[1])]).partition(START_OF_RUN)
        if not separator:
            return
        stash.rawHtmlBlocks[int(placeholder[1])] = code
        rest = Element(program.tag)
        rest.text = stash.store(run)
        rest.tail, explanations.tail = explanations.tail, None
        parent.insert(list(parent).index(explanations) + 1, rest)
