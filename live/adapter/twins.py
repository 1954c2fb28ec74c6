"""Where a page is in each language of the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mkdocs.structure.pages import Page


@dataclass(frozen=True)
class Twin:
    """A page in one of the languages."""

    language: str
    name: str
    """What the language calls itself."""
    address: str
    """From the root of the site; that of the language's first page begins with a slash, from the root of the host."""
    translated: bool
    """Whether the page is there in this language; if not, the address shows the original instead, or the first page."""


def twins_of(page: Page | None, i18n: Any) -> list[Twin]:
    """The page in each language, itself included, in the order of mkdocs.yml.

    Args:
        page: The page; for what is none, such as 404.html, the twins are the first pages of the languages.
        i18n: The plugin mkdocs-static-i18n.
    """
    files = page.file.alternates if page else {}  # type: ignore[attr-defined]
    found = []
    for home in i18n.extra_alternate:
        file = files.get(home["lang"])
        translated = file is not None and file.locale == home["lang"]
        found.append(Twin(home["lang"], home["name"], file.url if file else home["link"], translated))
    return found
