"""Finds the tables that are to be drawn as well: those right below a line `<!-- live:chart What was measured -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from live.pages.cells import MISSING, UNSEARCHED, Row, key, rows
from live.pages.scan import Use
from live.rendering.chart import Bar, Panel

_MARK = re.compile(r"^(?P<indent>\s*)<!-- live:chart (?P<title>.*?) -->\s*$")
_NUMBER = r"-?\d+(?:\.\d+)?"
_VALUE = re.compile(rf"^(?P<middle>{_NUMBER})(?: \((?P<low>{_NUMBER})–(?P<high>{_NUMBER})\))?$")
_SPREAD = '{middle}<br><span class="live-spread">{low}–{high}</span>'
"""How a value stands in its cell: what it spreads over is on a line of its own, so that a phone has room."""
_TAG = re.compile(r"</?span[^>]*>")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")

Picture = Callable[[Use, str, Sequence[Panel], int], str]
"""Makes the figure of a program: the program, the title, what to draw, and which chart of the page it is."""


def draw(text: str, found: Sequence[Use], picture: Picture) -> tuple[str, list[str]]:
    """Put the pictures of the tables in the text of a page above them. The text keeps its number of lines.

    Args:
        text: The page; its tables are filled.
        found: The programs in that text, with their lines.
        picture: Makes a figure, on one line.

    Returns:
        The text, and a complaint for each mark that has no table below or no program above it.
    """
    lines = text.split("\n")
    tables = _tables(lines)
    complaints = []
    marks = [(index, match) for index, line in enumerate(lines) if (match := _MARK.match(line))]
    for count, (index, mark) in enumerate(marks, start=1):
        table = next((table for table in tables if table[0].line > index), [])
        above = [use for use in found if use.line <= index]
        if not table or any(line.strip() for line in lines[index + 1 : table[0].line - 2]):
            complaints.append(f"no table follows the mark of the chart '{mark['title']}'")
        elif not above:
            complaints.append(f"the chart '{mark['title']}' has no program above it")
        elif any(MISSING in row.cells for row in table):
            lines[index] = ""  # nothing was run
        else:
            lines[index] = mark["indent"] + picture(above[-1], mark["title"], panels(table), count)
            for row in table:
                lines[row.line] = f"{mark['indent']}| {' | '.join(map(_set, row.cells))} |"
    return "\n".join(lines), complaints


def panels(table: Sequence[Row]) -> list[Panel]:
    """The columns of a table, but for its first."""

    def bars(place: int) -> Iterator[Bar]:
        return (_bar(key(row.cells[0]), plain(row.cells[place])) for row in table if row.cells[place:])

    return [Panel(plain(head), tuple(bars(place))) for place, head in enumerate(table[0].heads) if place]


def plain(cell: str) -> str:
    """The text of a cell without its marks."""
    return _LINK.sub(r"\1", _TAG.sub("", cell)).replace("`", "").replace("**", "").strip()


def _set(cell: str) -> str:
    value = _VALUE.match(plain(cell))
    if not value:
        return cell
    return UNSEARCHED.format(_SPREAD.format(**value.groupdict()) if value["low"] else value["middle"])


def _bar(label: str, text: str) -> Bar:
    value = _VALUE.match(text)
    if not value:
        return Bar(label, text, None)
    middle = float(value["middle"])
    low, high = (float(value[end] or middle) for end in ("low", "high"))
    return Bar(label, value["middle"], middle, low, high)


def _tables(lines: Sequence[str]) -> list[list[Row]]:
    """The rows of each table: they follow each other."""
    numbered = enumerate(rows(lines))
    return [[row for _, row in group] for _, group in groupby(numbered, lambda pair: pair[1].line - pair[0])]
