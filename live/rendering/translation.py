"""What readers see of the state of a translation: a notice at a section, and the table of all sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from live.rendering.template import template
from live.rendering.translation_words import WORDS, TranslationWords, translation_words
from live.translating.pairs import ORIGINAL, Pair, State

Address = Callable[[Pair, str], str]
"""The address of a section in a language, seen from the page."""


@dataclass(frozen=True)
class Row:
    """A section, or a page, that is not up to date."""

    name: str
    """`locks.md#deadlock`, or `locks.md`."""
    pair: Pair


@dataclass(frozen=True)
class Progress:
    """How far the translation into one language is."""

    language: str
    name: str
    """As that language calls itself."""
    sections: Sequence[Pair]

    @property
    def open(self) -> list[Row]:
        """The sections that are not up to date; a page of which nothing is translated is one row."""
        rows: list[Row] = []
        for page, found in groupby(self.sections, key=lambda pair: pair.page):
            pairs = list(found)
            if all(pair.state is State.MISSING for pair in pairs):
                rows.append(Row(page, pairs[0]))
            else:
                rows += [Row(pair.name, pair) for pair in pairs if pair.state is not State.FRESH]
        return rows

    @property
    def fresh(self) -> int:
        """How many sections are up to date."""
        return sum(pair.state is State.FRESH for pair in self.sections)


def render_notice(state: State | None, language: str, *, original: str, help: str) -> str:
    """What stands at the head of a section whose translation is not up to date; empty where there is nothing to say.

    Args:
        state: That of the section; None for a page of which nothing is translated.
        language: That of the reader.
        original: Address of the original.
        help: Address of the page that says how to help.
    """
    words = translation_words(language)
    texts = {None: words.page_missing, State.STALE: words.stale, State.MISSING: words.missing}
    if state not in texts:
        return ""
    html = template("notice.html").render(
        words=words,
        text=texts[state],
        language=language if language in WORDS else "en",
        original=original if state is State.STALE else "",
        original_language=ORIGINAL,
        help=help,
    )
    return " ".join(html.split())  # one line: Markdown ends a block of HTML at an empty one


def render_status(progress: Sequence[Progress], language: str, address: Address) -> str:
    """The table of all sections that are not up to date, by language, for readers of a page in `language`."""
    words = translation_words(language)
    html = template("status.html").render(
        words=words, progress=progress, address=address, original=ORIGINAL, state=lambda pair: _state(words, pair)
    )
    return "\n".join(line for line in html.splitlines() if line.strip())


def _state(words: TranslationWords, pair: Pair) -> str:
    return str(getattr(words, f"state_{pair.state.value}"))
