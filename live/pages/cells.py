"""Fills tables from runs: a row of a table below a program shows what the program printed for it.

A row whose last cell is `…` gets the text that the nearest program above printed behind the row's first cell and a
colon. Where several cells are `…`, each gets what was printed behind the row's first cell, a comma, the column's head
and a colon. So the words around a result can be in the page's language, while the result is that of the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from live.pages.scan import Use

MISSING = "…"
"""What stands in a cell that is to be filled."""
UNSEARCHED = "<span data-search-exclude>{}</span>"
"""How a result among many stands in its cell: nobody searches for one of them, and together they weigh much."""

_CELLS = re.compile(r"(?<!\\)\|")
_KEY = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """A row of a table, below its head."""

    line: int
    """Index in the lines of the page."""
    cells: tuple[str, ...]
    heads: tuple[str, ...]

    @property
    def missing(self) -> dict[int, str]:
        """By index of each cell that is to be filled, what its line in the output begins with."""
        places = [index for index, cell in enumerate(self.cells) if index and cell == MISSING]
        if places == [len(self.cells) - 1]:
            return {places[0]: key(self.cells[0])}
        if len(places) < 2:
            return {}
        return {place: f"{key(self.cells[0])}, {key(self.heads[place])}" for place in places if self.heads[place:]}


def fill(text: str, found: Sequence[Use], printed: Callable[[Use], Sequence[str] | None]) -> tuple[str, list[str]]:
    """Fill the tables in the text of a page.

    Args:
        text: The page.
        found: The programs in that text, with their lines.
        printed: The lines that a program printed; None where it was not run.

    Returns:
        The text, and a complaint for each row that no line of the program belongs to.
    """
    lines = text.split("\n")
    complaints = []
    for row in rows(lines):
        if not row.missing:
            continue
        above = [use for use in found if use.line <= row.line]
        if not above:
            complaints.append(f"the row {row.cells[0]} of a table has no program above it")
            continue
        output = printed(above[-1])
        if output is None:
            continue
        cells = list(row.cells)
        for place, start in row.missing.items():
            value = _value(start, output)
            if value is None:
                complaints.append(f"{above[-1].path} prints no line that begins with '{start}: '")
            else:
                cells[place] = UNSEARCHED.format(_code(value)) if len(row.missing) > 1 else _code(value)
        indent = lines[row.line].partition("|")[0]
        lines[row.line] = f"{indent}| {' | '.join(cells)} |"
    return "\n".join(lines), complaints


def fillers(text: str, found: Sequence[Use]) -> set[str]:
    """Paths of the programs that fill the tables in the text of a page."""
    missing = (row for row in rows(text.split("\n")) if row.missing)
    above = ([use for use in found if use.line <= row.line] for row in missing)
    return {uses[-1].path for uses in above if uses and uses[-1].path}


def rows(lines: Sequence[str]) -> Iterator[Row]:
    """The rows of all tables on a page, without their heads."""
    heads: tuple[str, ...] = ()
    for index, line in enumerate(lines):
        cells = tuple(cell.strip() for cell in _CELLS.split(line.strip())[1:-1])
        if not cells or not line.lstrip().startswith("|"):
            heads = ()
        elif not heads:
            heads = cells
        elif not all(set(cell) <= set("-: ") for cell in cells):
            yield Row(index, cells, heads)


def key(cell: str) -> str:
    """What a program calls the thing that a cell is about: its code, or all of it where it has none."""
    code = _KEY.search(cell)
    return code[1] if code else cell.strip()


def _value(start: str, output: Sequence[str]) -> str | None:
    return next((line.removeprefix(f"{start}: ") for line in output if line.startswith(f"{start}: ")), None)


def _code(value: str) -> str:
    """The value as code in a table's cell, whatever is in it."""
    runs = max(map(len, re.findall("`+", value)), default=0)
    fence, space = "`" * (runs + 1), " " if runs else ""
    return f"{fence}{space}{value}{space}{fence}"
