"""Says of each table's column that is headed by the name of another language that it is written in that language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

Names = Mapping[str, str]
"""By what a language calls itself, such as `English`, its code."""


class ColumnsExtension(Extension):
    """Markdown extension for the pages."""

    def __init__(self, names: Callable[[], Names]) -> None:
        super().__init__()
        self._names = names

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: D102
        # After 'inline' (20): the heads have their text by then.
        md.treeprocessors.register(_Namer(md, self._names), "live-columns", 6)


class _Namer(Treeprocessor):
    def __init__(self, md: Markdown, names: Callable[[], Names]) -> None:
        super().__init__(md)
        self._names = names

    def run(self, root: Element) -> None:
        names = self._names()
        for table in root.iter("table"):
            rows = [list(row) for row in table.iter("tr")]
            languages = {
                place: names[text]
                for place, head in enumerate(rows[0] if rows else [])
                if (text := "".join(head.itertext()).strip()) in names
            }
            for row in rows:
                for place, cell in enumerate(row):
                    if place in languages:
                        cell.set("lang", languages[place])
