"""Finds what one language of a section has and the other lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from live.pages.glossary import FORMS, GLOSSARY, Finder, Term
from live.translating.outline import Item, outline, prose
from live.translating.pairs import ORIGINAL, Pair, State

SETTLED = frozenset({State.FRESH})
"""States in which both languages are said to be the same; in the others a difference is to be expected."""

_LONG, _ENDING = 8, 4
"""Letters of a word that may have an ending of its own, and of such an ending: concurrency, concurrent."""
_DISTINCT = 6
"""Letters of a word that is found within others as well: thread in multithreading, but not lock in block."""
_QUOTED = re.compile("“[^”]*”|「[^」]*」")


@dataclass(frozen=True)
class Finding:
    """Something that differs between the languages."""

    place: str
    """`docs/en/locks.md:41`."""
    text: str
    error: bool

    def __str__(self) -> str:
        return f"{self.place}: {'' if self.error else 'warning: '}{self.text}"


def differences(pair: Pair, docs: Path) -> Iterator[Finding]:
    """Where a section has other things than its twin: an error only where both are said to be the same."""
    if not pair.original or not pair.translation:
        return
    original, translation = outline(pair.original.text), outline(pair.translation.text)
    error = pair.state in SETTLED
    for kind, *spans in SequenceMatcher(None, original, translation, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        theirs, ours = original[spans[0] : spans[1]], translation[spans[2] : spans[3]]
        there = _place(docs, ORIGINAL, pair, pair.original.line, theirs or original[spans[0] - 1 : spans[0]])
        here = _place(docs, pair.language, pair, pair.translation.line, ours or translation[spans[2] - 1 : spans[2]])
        yield Finding(here, f"#{pair.id} has {_list(ours)} where {there} has {_list(theirs)}", error)


def order(pairs: Iterable[Pair], docs: Path) -> Iterator[Finding]:
    """Whether the sections of a page come in the same order in both languages."""
    both = [pair for pair in pairs if pair.original and pair.translation]
    ours = sorted(both, key=lambda pair: pair.translation.line if pair.translation else 0)
    for here, there in zip(ours, both, strict=True):
        if here is not there and here.translation:
            place = f"{docs.name}/{here.language}/{here.page}:{here.translation.line}"
            error = here.state in SETTLED and there.state in SETTLED
            yield Finding(place, f"#{here.id} stands where the original has #{there.id}", error)
            return


class Terms:
    """The terms of the glossary, to find where a translation calls a thing otherwise."""

    def __init__(self, known: Iterable[Term]) -> None:
        terms = list(known)
        self._finder = Finder(terms)
        self._called = {
            term: re.compile("|".join(_any_form(form) for form in term.other.split(FORMS)), re.I) for term in terms
        }

    def strange(self, pair: Pair, docs: Path) -> Iterator[Finding]:
        """A warning for each term of the original that the translation has under none of its names in the glossary."""
        if not pair.original or not pair.translation or pair.page == GLOSSARY:
            return
        text = prose(pair.translation.text)
        # What the notes are quoted with has their words, not the glossary's.
        original = _QUOTED.sub("", prose(pair.original.text))
        terms = dict.fromkeys(term for _, _, term in self._finder.find(original))
        for term in terms:
            if not self._called[term].search(text):
                place = f"{docs.name}/{pair.language}/{pair.page}:{pair.translation.line}"
                yield Finding(
                    place, f"#{pair.id} has no “{term.other}” for the original's “{term.forms[0]}”", error=False
                )


def _place(docs: Path, language: str, pair: Pair, first: int, items: list[Item]) -> str:
    line = first + (items[0].line - 1 if items else 0)
    return f"{docs.name}/{language}/{pair.page}:{line}"


def _list(items: list[Item]) -> str:
    most = 3
    named = [str(item) for item in items[:most]] + ([f"{len(items) - most} more"] if len(items) > most else [])
    return ", ".join(named) or "nothing"


def _any_form(form: str) -> str:
    """The first word of a term with any ending: locked for lock, blocks for blocking, parent for parent process."""
    word = form.split(maxsplit=1)[0]
    stem = word if len(word) < _LONG else word[: max(_LONG // 2, len(word) - _ENDING)]
    return re.escape(stem) if len(word) >= _DISTINCT else rf"\b{re.escape(stem)}"
