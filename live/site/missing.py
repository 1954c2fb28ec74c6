"""The page that stands where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from live.site.words import SiteWords, site_words

MISSING = "404.html"


@dataclass(frozen=True)
class Missing:
    """What that page needs besides the words of its language."""

    others: Mapping[str, SiteWords]
    """By the address of the first page in it, each other language that has words of its own."""
    folders: Mapping[str, str]
    """By its folder, each language whose page takes the place of this one below that folder."""


def missing(language: str, homes: Mapping[str, str], *, default: bool) -> Missing:
    """The page in that language.

    Args:
        language: As BCP 47 writes it.
        homes: By language, the folder of its pages; empty for the one that has none.
        default: Whether it is the page that hosts show for all addresses.
    """
    own = site_words(language)
    others = {home: site_words(code) for code, home in homes.items() if site_words(code).language == code}
    return Missing(
        {home: words for home, words in others.items() if words != own},
        {home: code for code, home in homes.items() if home} if default else {},
    )
