"""Divides a page into the parts that are translated one by one: what comes before the first `##`, then each `##`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from live.pages.scan import fence_end

_HEADING = re.compile(
    r"^(?P<level>#{1,6})[ \t]+(?P<title>.*?)(?:[ \t]+\{[ \t]*(?:[^}#]*[ \t])?#(?P<id>[^\s}]+)[^}]*\})?[ \t]*$"
)
_SPACE = re.compile(r"\s+")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TRANSLATED = re.compile(r"^(?:title|description):.*\n(?:[ \t]+.*\n)*", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """A heading of a page."""

    level: int
    title: str
    id: str
    """As written after it: `{#id}`; empty where there is none."""
    line: int
    """From 1."""


@dataclass(frozen=True)
class Section:
    """A part of a page."""

    heading: Heading | None
    """None for the beginning of a page without a title."""
    text: str
    """With its heading; the first of a page also with the front matter."""
    line: int
    """The line of the page that it begins with, from 1."""

    @property
    def id(self) -> str:
        """What it is called within its page: the id of its heading, or else its title."""
        return (self.heading.id or self.heading.title) if self.heading else ""

    @property
    def title(self) -> str:
        """Its heading in words."""
        return self.heading.title if self.heading else ""

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits of the SHA-256 of its text without any white space.

        Of the front matter, only what is translated counts.
        """
        text = _FRONT.sub(lambda front: "".join(_TRANSLATED.findall(front[0])), self.text)
        return sha256(_SPACE.sub("", text).encode()).hexdigest()[:8]


def headings(text: str) -> Iterator[Heading]:
    """All headings of a page that stand at the margin, outside of blocks of code."""
    lines = text.splitlines()
    position = 0
    while position < len(lines):
        end = fence_end(lines, position)
        if end is not None:
            position = end
        elif found := _HEADING.match(lines[position]):
            yield Heading(len(found["level"]), found["title"], found["id"] or "", position + 1)
        position += 1


def sections(text: str) -> list[Section]:
    """All parts of a page, in order; together they are its text."""
    lines = text.splitlines(keepends=True)
    found = list(headings(text))
    title = next((heading for heading in found if heading.level == 1), None)
    starts = [heading for heading in found if heading.level == 2]
    ends = [heading.line - 1 for heading in starts] + [len(lines)]
    parts = [Section(title, "".join(lines[: ends[0]]), 1)]
    for heading, end in zip(starts, ends[1:], strict=True):
        parts.append(Section(heading, "".join(lines[heading.line - 1 : end]), heading.line))
    return parts
