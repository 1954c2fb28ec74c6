"""What is known of the site as a whole, language after language, and what there is one of for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from live.recording import Recording
from live.rendering.card import card, png
from live.rendering.kept import Kept
from live.site.head import Head, Picture
from live.site.languages import Languages, Twins, bcp47
from live.site.missing import MISSING
from live.site.sitemap import sitemaps
from live.site.words import site_words

CARD = "assets/card.png"
"""The picture of the site, which is that of its first page; other pages have theirs below `CARDS`."""
CARDS = "assets/cards"
WORDMARK = "assets/wordmark.svg"
"""In the folder of the pages."""


@dataclass
class Whole:
    """The site, as far as one build knows it by now."""

    address: str
    """The whole address; empty where mkdocs.yml does not give it."""
    languages: Languages
    homes: dict[str, str]
    """By language, the folder of its pages: empty for the default language."""
    pages: dict[str, list[Twins]] = field(default_factory=dict)
    """By language, the pages that are written in it."""
    missing: dict[str, str] = field(default_factory=dict)
    """By the folder of the language, the page that stands where there is none."""
    programs: dict[str, str] = field(default_factory=dict)
    """By path in the site, the programs whose runs are shown by pictures for sharing."""

    @classmethod
    def of(cls, config: MkDocsConfig, locales: Iterable[str], default: str) -> Whole:
        """The site before anything of it is built."""
        homes = {bcp47(locale): "" if locale == default else locale for locale in locales}
        return cls(config.site_url or "", Languages(tuple(homes), bcp47(default)), homes)

    def add(self, language: str, files: Iterable[File]) -> None:
        """Take up the pages of a language, before they are written."""
        self.pages[language] = [self._twins(file) for file in files if self._original(file, language) == language]

    def head(self, language: str, page: Page, program: str | None) -> Head:
        """What the head of the page says.

        Args:
            language: The one in which the page is offered.
            page: The page.
            program: Path of what it plays first.
        """
        name = str(getattr(page.file, "norm_src_uri", page.file.src_uri)).removesuffix(".md")
        home = name in ("index", "README")
        path = CARD if home or not program else f"{CARDS}/{name}.png"
        if program:
            self.programs.setdefault(path, program)
        words = site_words(language)
        text = words.picture.format(program.rpartition("/")[2]) if program else words.wordmark
        return Head(
            language,
            self._original(page.file, language),
            self._whole(page.file.url) if self.address else "",
            self._twins(page.file),
            home,
            Picture(urljoin(self.address, path), text) if self.address else None,
        )

    def head_of_missing(self, language: str) -> Head:
        """What the head says of the page that stands where there is none: it has no address of its own."""
        return Head(language, site_words(language).language, "", Twins({}, self.languages), False, None)

    def files(self, run_of: Callable[[str], Recording | None], kept: Kept, docs: Path) -> Iterator[tuple[str, bytes]]:
        """Path in the site and content of all that is written after the last language.

        Args:
            run_of: The run of the program at a path; None where there is none to be shown.
            kept: What was made of runs earlier.
            docs: Folder of the pages.
        """
        for folder, html in self.missing.items():
            yield f"{folder}/{MISSING}".lstrip("/"), html.encode()
        if not self.address:
            return
        for path, text in sitemaps(self.address, self.pages).items():
            yield path, text.encode()
        wordmark = docs / WORDMARK
        mark = wordmark.read_text(encoding="utf-8") if wordmark.is_file() else ""
        runs = {path: run_of(program) for path, program in {CARD: "", **self.programs}.items()}
        for path, run in runs.items():
            made = partial(lambda run: png(card(run, mark)), run)
            yield path, kept.data(run, f"card{mark}", made) if run else made()

    def _twins(self, file: File) -> Twins:
        found = getattr(file, "alternates", {})
        addresses = {bcp47(locale): self._whole(twin.url) for locale, twin in found.items() if twin.locale == locale}
        return Twins(addresses, self.languages)

    def _whole(self, url: str) -> str:
        return urljoin(self.address, url)

    @staticmethod
    def _original(file: File, language: str) -> str:
        return bcp47(getattr(file, "locale", "")) or language
