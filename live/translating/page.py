"""Completes a translated page: what its reader should know of each section, and the original where one is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from live.translating.pairs import Pair, State
from live.translating.sections import headings, sections

_BEGIN, _END = "<!-- live:original {language} -->", "<!-- live:original end -->"
_MARKS = re.compile(r"<!-- live:original (\S+) -->")


def completed(text: str, pairs: Iterable[Pair], notice: Callable[[Pair], str], original: str) -> str:
    """The text of a translated page with notices below its headings, and with missing sections in their places.

    Args:
        text: The page without its front matter.
        pairs: Its sections, in the order of the original.
        notice: HTML in one line for a section; empty where there is nothing to say.
        original: The language of the original, to mark what comes from there.
    """
    parts = [(section.id, section.text) for section in sections(text)]
    at = 0  # after the translation of the section before
    for number, pair in enumerate(pairs):
        if number == 0 and pair.translation:  # what a page begins with is the same, whatever it is called
            parts[0] = (pair.id, parts[0][1])
        found = next((index for index, (id, _) in enumerate(parts) if id == pair.id), None)
        if found is not None:
            parts[found] = pair.id, below_heading(parts[found][1], notice(pair))
            at = found + 1
        elif pair.state is State.MISSING and pair.original and pair.original.heading and pair.original.heading.id:
            whole = below_heading(pair.original.text, notice(pair)).strip()
            parts.insert(at, (pair.id, f"{_BEGIN.format(language=original)}\n\n{whole}\n\n{_END}\n\n"))
            at += 1
    return "".join(text if text.endswith("\n") else f"{text}\n" for _, text in parts)


def with_language(html: str) -> str:
    """The page as HTML, with the language said of each section that is the original's."""
    # Marks are the program's own; nothing of a page comes into them but the name of a language's folder.
    return _MARKS.sub(
        lambda mark: "</div>" if mark[1] == "end" else f'<div class="live-original" lang="{mark[1]}">', html
    )


def below_heading(text: str, html: str) -> str:
    """The text with a line of HTML below its first heading, or at its beginning where it has none."""
    if not html:
        return text
    lines = text.splitlines(keepends=True)
    heading = next(headings(text), None)
    at = heading.line if heading else 0
    return "".join([*lines[:at], f"\n{html}\n\n", *lines[at:]])
