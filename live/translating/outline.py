"""What a section consists of besides its words: its headings, programs, tables, notes, lists, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import dedent

from live.pages.scan import fence_end, uses
from live.translating.sections import headings

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_NOTE = re.compile(r"^(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w -]+)|^===[!+]?[ \t]+(?P<tab>[\"'])")
_LIST = re.compile(r"^(?:(?P<bullet>[-*+])|\d+\.)[ \t]")
_LINK = re.compile(r"(?P<picture>!)?\[(?:[^\[\]]|\[[^\]]*\])*\]\((?P<target>[^)\s]+)(?:[ \t]+\"[^\"]*\")?\)")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
# The documentation of Python and others has its language in the address.
_LANGUAGE = re.compile(r"/(?:zh-cn|zh_CN|zh-hans|zh|en|en-us)(?=/)", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One thing that a section has, and its twin should have at the same place."""

    kind: str
    detail: str = ""
    line: int = field(default=0, compare=False)
    """Within the section, from 1."""

    def __str__(self) -> str:
        return f"{self.kind} {self.detail}".rstrip()


def outline(text: str) -> list[Item]:
    """What the text has, in order; the links and the pictures of one paragraph, list or table sorted.

    Languages differ in where in a sentence a link stands.
    """
    front = _FRONT.match(text)
    blank = "\n" * (front[0].count("\n") if front else 0)
    return list(_items((blank + text[front.end() :] if front else text).splitlines(), 1))


def prose(text: str) -> str:
    """The text without its blocks of code, inline code and targets of links."""
    lines = text.splitlines()
    kept: list[str] = []
    position = 0
    while position < len(lines):
        end = fence_end(lines, position)
        if end is None:
            kept.append(lines[position])
        position = position + 1 if end is None else end + 1
    words = _CODE.sub("", _FRONT.sub("", "\n".join(kept)))
    return re.sub(r"\]\([^)\s]+\)|\{#[^}]*\}", "]", words)


def _items(lines: list[str], first: int) -> Iterator[Item]:
    position = 0
    while position < len(lines):
        line = lines[position]
        number = first + position
        end = fence_end(lines, position)
        if end is not None:
            yield _fence(lines[position : end + 1], number)
            position = end + 1
        elif not line.strip():
            position += 1
        elif note := _NOTE.match(line):
            yield Item("tab" if note["tab"] else f"note of kind {(note['kind'] or '').strip()}", line=number)
            end = _indented(lines, position + 1)
            yield from _items(dedent("\n".join(lines[position + 1 : end])).splitlines(), number + 1)
            position = end
        else:
            end = _block(lines, position)
            yield from _text(lines[position:end], number)
            position = end


def _fence(lines: list[str], number: int) -> Item:
    use = next(iter(uses("\n".join(lines), "")), None)
    if use:
        return Item("program", use.path or "without a file", number)
    return Item("code", lines[0].strip("`~ \t").split(" ")[0], number)


def _indented(lines: list[str], start: int) -> int:
    """Index after the lines from `start` on that are indented or blank."""
    inside = (
        index for index in range(start, len(lines)) if lines[index].strip() and not lines[index].startswith("    ")
    )
    return next(inside, len(lines))


def _block(lines: list[str], start: int) -> int:
    """Index after the paragraph, list or table that begins at `start`."""
    if next(headings(lines[start]), None):
        return start + 1
    listed = _LIST.match(lines[start])
    for index in range(start + 1, len(lines)):
        line, after_blank = lines[index], not lines[index - 1].strip()
        if listed and after_blank and line.strip() and not line.startswith("  "):
            point = _LIST.match(line)
            if not point or bool(point["bullet"]) != bool(listed["bullet"]):
                return index
        if not listed and not line.strip():
            return index
        if _NOTE.match(line) or next(headings(line), None) or (line[0:1] in "`~" and fence_end(lines, index)):
            return index
    return len(lines)


def _text(lines: list[str], number: int) -> Iterator[Item]:
    heading = next(headings(lines[0]), None)
    if heading:
        yield Item("heading", f"{'#' * heading.level} {{#{heading.id}}}", number)
    elif lines[0].lstrip().startswith("|"):
        yield Item("table", f"of {lines[0].count('|') - 1} columns and {len(lines) - 2} rows", number)
    elif listed := _LIST.match(lines[0]):
        count = sum(_LIST.match(line) is not None for line in lines)
        yield Item("list", f"{'of points' if listed['bullet'] else 'numbered'}, {count} long", number)
    else:
        yield Item("paragraph", line=number)
    found = _LINK.finditer(_CODE.sub(lambda code: "`" * len(code[0]), "\n".join(lines)))
    things = [("picture" if link["picture"] else "link", _LANGUAGE.sub("", link["target"], count=1)) for link in found]
    yield from (Item(kind, target, number) for kind, target in sorted(things))
