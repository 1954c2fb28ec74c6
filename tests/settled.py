"""Which pages are said to be the same in both languages."""

from __future__ import annotations

from live.translating.twins import ORIGINAL, State, pages, twins
from tests.conftest import ROOT


def settled_pages(language: str = "en") -> list[str]:
    """Pages of the original whose every section is up to date in the other language, seen from docs/."""
    docs = ROOT / "docs"
    return [
        f"{ORIGINAL}/{page}"
        for page in pages(docs, language)
        if all(pair.state is State.FRESH for pair in twins(docs, language, page))
    ]
