"""What of a page a search reads: its programs as programs, below what is said of them; and no hints and solutions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

LIMIT = 4000
"""Characters of a program, and of its output, that are looked through: half at the start and half at the end."""

_BLOCKS = re.compile(
    r'<div class="[^"]*\bhighlight"><span class="filename">(?P<title>.*?)</span>(?P<code>.*?)</div>', re.DOTALL
)
_ANCHOR = re.compile(r'\bid="(__span-(.*?)-\d+)"')
_MARKER = re.compile(r"[ \t]*# \(\d+\)!$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_PLACE = "<!-- program:{} -->"
_PLACES = re.compile(r"<!-- program:(\d+) -->")

_MARKS = {
    # Results show paragraphs, and would show a table as one.
    "<tr>": "<tr><p data-row>",
    "</tr>": "<!-- row --></p></tr>",
    # As a result, the names of columns tell nothing, and they stand above every table.
    "<thead>": "<thead data-search-exclude>",
    # Hints and solutions of exercises: nobody wants them before having thought, and they would be much to load.
    '<details class="question">': '<details class="question" data-search-exclude>',
    '<details class="success">': '<details class="success" data-search-exclude>',
}
"""What the search is shown instead of something in the page."""


@dataclass(frozen=True)
class Program:
    """A block of code with a title, as a page shows it."""

    anchor: str
    """Id of its first line on the page."""
    title: str
    """Usually the path of its file."""
    code: str
    name: str
    """What its run is called on the page, if it has one."""


@dataclass(frozen=True)
class Aside:
    """A page as a search should read it: without its programs, hints and solutions, each row of a table by itself."""

    html: str
    blocks: tuple[re.Match[str], ...]

    @classmethod
    def of(cls, html: str) -> Aside:
        """Take code out of the page; something unseen stands in its places."""
        blocks = tuple(_BLOCKS.finditer(html))
        places = iter(map(_PLACE.format, range(len(blocks))))
        text = _BLOCKS.sub(lambda _: next(places), html)
        for own, marked in _MARKS.items():
            text = text.replace(own, marked)
        return cls(text, blocks)

    def put_back(self, html: str) -> str:
        """The page as it was, after others have read it and perhaps changed it."""
        for own, marked in _MARKS.items():
            html = html.replace(marked, own)
        return _PLACES.sub(lambda place: self.blocks[int(place[1])][0], html)

    def programs(self) -> Iterator[Program]:
        """The programs in the order of the page."""
        for block in self.blocks:
            if anchor := _ANCHOR.search(block["code"]):
                code = _MARKER.sub("", _text(block["code"]))
                yield Program(anchor[1], _text(block["title"]), bounded(code), anchor[2])


def bounded(text: str) -> str:
    """The text, without what is in the middle of a long one."""
    return text if len(text) <= LIMIT else f"{text[: LIMIT // 2]}\n{text[-LIMIT // 2 :]}"


def _text(html: str) -> str:
    return unescape(_TAG.sub("", html)).strip("\n")
