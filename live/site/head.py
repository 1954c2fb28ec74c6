"""What the head of a page says of it."""

from __future__ import annotations

from dataclasses import dataclass

from live.rendering.card import HEIGHT, WIDTH
from live.site.languages import X_DEFAULT, Twins, with_territory


@dataclass(frozen=True)
class Picture:
    """What stands for the page where somebody shares its address."""

    address: str
    """The whole address."""
    text: str
    """What is on it, in the language of the page."""
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Head:
    """One page, as far as its text and title do not say it."""

    language: str
    """The language in which it is offered, as BCP 47 writes it."""
    original: str
    """The language in which it is written: another one where the translation is missing."""
    address: str
    """The whole address; empty where the site does not know its own."""
    twins: Twins
    home: bool
    """Whether the site begins here."""
    picture: Picture | None

    @property
    def translated(self) -> bool:
        """Whether it is written in the language in which it is offered."""
        return self.language == self.original

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Language and address of all twins, itself among them; what is no translation has none."""
        return self.twins.alternates if self.address and self.translated else []

    @property
    def locale(self) -> str:
        """The language of its text in Open Graph."""
        return with_territory(self.original)

    @property
    def other_locales(self) -> list[str]:
        """Likewise of its twins."""
        codes = [code for code, _ in self.alternates if code not in (self.language, X_DEFAULT)]
        return [with_territory(code) for code in codes]
