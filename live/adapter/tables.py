"""Puts each table into the boxes in which it can be scrolled sideways: no script is needed for it, and nothing moves.

Material's script would do so too, but only when the page may have been painted already. It still does, within these
boxes; docs/assets/live.css lets the inner ones have no effect.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

BOXES = ("md-typeset__scrollwrap", "md-typeset__table")
"""Material's names for them, from outside to inside."""


class TablesExtension(Extension):
    """Markdown extension for the pages."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: D102
        # After 'inline' (20), so that it sees the tables of all blocks.
        md.treeprocessors.register(_Boxer(md), "live-tables", 5)


class _Boxer(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in [*root.iter()]:
            for place, table in enumerate(parent):
                if table.tag == "table" and "class" not in table.attrib:
                    parent[place] = boxed(table)


def boxed(table: Element) -> Element:
    """The table in its boxes."""
    outer = Element("div", {"class": BOXES[0]})
    SubElement(outer, "div", {"class": BOXES[1]}).append(table)
    outer.tail, table.tail = table.tail, None
    return outer
