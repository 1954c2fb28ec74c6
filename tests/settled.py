"""Which pages are said to be the same in both languages."""

from __future__ import annotations

from pathlib import Path

from live.translating.pairs import ORIGINAL, State, all_pairs, pages, pairs_of
from live.translating.record import Record, write
from tests.conftest import ROOT


def settled_pages(language: str = "en") -> list[str]:
    """Pages of the original whose every section is up to date in the other language, seen from docs/."""
    docs = ROOT / "docs"
    return [
        f"{ORIGINAL}/{page}"
        for page in pages(docs, language)
        if all(pair.state is State.FRESH for pair in pairs_of(docs, language, page))
    ]


def settle(docs: Path, language: str = "en") -> None:
    """Keep in a copy of docs/ that all sections are up to date, whatever is being changed in the project."""
    record: Record = {}
    for pair in all_pairs(docs, language):
        if pair.now:
            record.setdefault(pair.page, {})[pair.id] = pair.now
    write(docs / language, record)
