"""Fills tables from runs: a row of a table below a program shows what the program printed for it.

A row whose last cell is `…` gets the text that the nearest program above printed behind the row's first cell and a
colon. So the words around a result can be in the page's language, while the result is that of the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from live.pages.scan import Use

_ROW = re.compile(r"^(?P<rest>\s*\|(?P<key>[^|]+)\|.*\|)\s*…\s*\|\s*$")


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
    for index, match in _rows(lines):
        above = [use for use in found if use.line <= index]
        if not above:
            complaints.append(f"the row {match['key'].strip()} of a table has no program above it")
            continue
        output = printed(above[-1])
        if output is None:
            continue
        value = _value(_plain(match["key"]), output)
        if value is None:
            complaints.append(f"{above[-1].path} prints no line that begins with '{_plain(match['key'])}: '")
        else:
            lines[index] = f"{match['rest']} {_code(value)} |"
    return "\n".join(lines), complaints


def fillers(text: str, found: Sequence[Use]) -> set[str]:
    """Paths of the programs that fill the tables in the text of a page."""
    above = ([use for use in found if use.line <= index] for index, _ in _rows(text.split("\n")))
    return {uses[-1].path for uses in above if uses and uses[-1].path}


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for index, line in enumerate(lines):
        if match := _ROW.match(line):
            yield index, match


def _plain(cell: str) -> str:
    return cell.strip().strip("`")


def _value(key: str, output: Sequence[str]) -> str | None:
    start = f"{key}: "
    return next((line.removeprefix(start) for line in output if line.startswith(start)), None)


def _code(value: str) -> str:
    """The value as code in a table's cell, whatever is in it."""
    runs = max(map(len, re.findall("`+", value)), default=0)
    fence, space = "`" * (runs + 1), " " if runs else ""
    return f"{fence}{space}{value}{space}{fence}"
