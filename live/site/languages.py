"""The languages of the site, and the same page in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from locale import normalize

X_DEFAULT = "x-default"
"""What search engines call the page for readers of any other language."""


@dataclass(frozen=True)
class Languages:
    """All languages of the site, in its own order, as BCP 47 writes them."""

    codes: tuple[str, ...]
    default: str
    """The language of the originals."""


@dataclass(frozen=True)
class Twins:
    """One page in each language that really has it."""

    addresses: Mapping[str, str]
    """By language, the whole address of the page."""
    languages: Languages

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Language and address of each, in the site's order, and of the one for all other readers."""
        there = [(code, self.addresses[code]) for code in self.languages.codes if code in self.addresses]
        others = self.addresses.get(self.languages.default) or (there[0][1] if there else "")
        return [*there, (X_DEFAULT, others)] if there else []


def bcp47(locale: str) -> str:
    """The language's name in HTML, of its name in mkdocs.yml: `pt-BR` of `pt_BR`."""
    return locale.replace("_", "-")


def with_territory(language: str) -> str:
    """The language's name in Open Graph, which has a territory, too: `zh_CN` of `zh`."""
    found = normalize(language.replace("-", "_")).partition(".")[0]
    return found.partition("@")[0]
