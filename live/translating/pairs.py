"""Pairs the sections of a page with those of its translation, and tells which of them are up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from live.translating.record import Digests, Record, read
from live.translating.sections import Section, sections

ORIGINAL = "zh"
"""The language that all others are translated from."""

_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?")


class State(Enum):
    """How a section of a translation stands to the original."""

    FRESH = "fresh"
    """Neither has changed since somebody saw that they say the same."""
    STALE = "stale"
    """The original has changed since."""
    EDITED = "edited"
    """Only the translation has changed since; perhaps the original needs the same."""
    UNSEEN = "unseen"
    """Nobody has said yet which state of the original it was made from."""
    MISSING = "missing"
    """It has not been translated."""
    EXTRA = "extra"
    """The original has no such section."""


@dataclass(frozen=True)
class Pair:
    """A section of a page, and the same in another language."""

    page: str
    """Path of the page, seen from the folder of a language."""
    language: str
    """That of the translation."""
    original: Section | None
    translation: Section | None
    kept: Digests | None
    """How both were when somebody last saw that they say the same."""

    @property
    def id(self) -> str:
        """What the section is called in both languages."""
        section = self.original or self.translation
        return section.id if section else ""

    @property
    def name(self) -> str:
        """`locks.md#deadlock`."""
        return f"{self.page}#{self.id}"

    @property
    def now(self) -> Digests | None:
        """How both are now; None where one of them is missing."""
        if not self.original or not self.translation:
            return None
        return Digests(self.original.digest, self.translation.digest)

    @property
    def state(self) -> State:
        """How the translation stands to the original."""
        if not self.now:
            return State.MISSING if self.original else State.EXTRA
        if not self.kept:
            return State.UNSEEN
        if self.now.original != self.kept.original:
            return State.STALE
        return State.FRESH if self.now == self.kept else State.EDITED


def languages(docs: Path) -> list[str]:
    """The languages that pages are translated into: the folders of docs/ that have pages and the name of a language."""
    folders = sorted(folder for folder in docs.iterdir() if folder.is_dir() and _LANGUAGE.fullmatch(folder.name))
    return [folder.name for folder in folders if folder.name != ORIGINAL and any(folder.rglob("*.md"))]


def pages(docs: Path, language: str) -> list[str]:
    """All pages of the original and of the translation, seen from the folder of their language."""
    folders = docs / ORIGINAL, docs / language
    return sorted({file.relative_to(folder).as_posix() for folder in folders for file in folder.rglob("*.md")})


def pairs_of(docs: Path, language: str, page: str, record: Record | None = None) -> list[Pair]:
    """The sections of a page in both languages, in the order of the original, with what only the translation has last.

    Args:
        docs: The folder of the pages.
        language: That of the translation.
        page: Path of the page, seen from the folder of a language.
        record: What is kept of the translations into the language; it is read if it is not given.
    """
    kept = (read(docs / language) if record is None else record).get(page, {})
    original, translation = (_sections(docs / folder / page) for folder in (ORIGINAL, language))
    if original and translation:  # what a page begins with is the same in both, whatever it is called
        translation[0] = (original[0][0], translation[0][1])
    one, other = dict(original), dict(translation)
    return [Pair(page, language, one.get(id), other.get(id), kept.get(id)) for id in {**one, **other}]


def all_pairs(docs: Path, language: str) -> Iterator[Pair]:
    """The sections of all pages."""
    record = read(docs / language)
    for page in pages(docs, language):
        yield from pairs_of(docs, language, page, record)


def _sections(file: Path) -> list[tuple[str, Section]]:
    """The sections of a page, each with its id; none where there is no such page."""
    if not file.is_file():
        return []
    return [(section.id, section) for section in sections(file.read_text(encoding="utf-8"))]
