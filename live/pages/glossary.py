"""Reads the glossary page of a language, and finds its terms in the text of other pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

GLOSSARY = "glossary.md"
"""In the folder of each language: the page whose tables give the terms."""

FORMS = " / "
"""Separates the written forms of one term in a cell of the glossary."""

_ROW = re.compile(r"^\|([^|]+)\|([^|]+)\|([^|]+)\|\s*$", re.MULTILINE)
_RULE = re.compile(r"[\s:-]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# A plural in English; a Latin form in Chinese text has none.
_ENDING = "(?:e?s)?"
_EDGE = "[0-9A-Za-z_]"


@dataclass(frozen=True)
class Term:
    """One row of the glossary."""

    forms: tuple[str, ...]
    """How it is written in the language of the page, the usual form first."""
    other: str
    """What it is called in the other language."""
    meaning: str
    """One line in the language of the page."""

    @property
    def title(self) -> str:
        """What a tooltip says: both, with the punctuation of the page's language."""
        return f"{self.other}{'：' if _CHINESE.search(self.meaning) else ': '}{self.meaning}"


def terms(page: str) -> list[Term]:
    """The terms in all tables of the glossary page: the term, its other name, its meaning."""
    rows = [tuple(cell.strip() for cell in row) for row in _ROW.findall(page)]
    rules = {index for index, row in enumerate(rows) if all(_RULE.fullmatch(cell) for cell in row)}
    heads = {index - 1 for index in rules}
    return [
        Term(tuple(name.split(FORMS)), other, meaning)
        for index, (name, other, meaning) in enumerate(rows)
        if index not in rules | heads
    ]


class Finder:
    """Finds terms in text; where two begin at the same place, the longer one."""

    def __init__(self, known: Iterable[Term]) -> None:
        self._terms = {form: term for term in known for form in term.forms}
        forms = sorted(self._terms, key=len, reverse=True)
        self._groups = dict(enumerate(forms))
        self._pattern = re.compile("|".join(f"(?P<t{index}>{_written(form)})" for index, form in enumerate(forms)))

    def find(self, text: str) -> list[tuple[int, int, Term]]:
        """Start, end and term of each occurrence, in order."""
        if not self._terms:
            return []
        return [
            (found.start(), found.end(), self._terms[self._groups[int((found.lastgroup or "t0")[1:])]])
            for found in self._pattern.finditer(text)
        ]

    def within(self, text: str) -> set[Term]:
        """The terms that the text contains, those inside longer ones as well."""
        lower = text.lower()
        return {
            term
            for form, term in self._terms.items()
            if form.lower() in lower and re.search(_written(form), text)  # the first is quick, the second is right
        }


def _written(form: str) -> str:
    """A pattern for the form: in English also in the plural and at the start of a sentence."""
    if _CHINESE.search(form):
        return re.escape(form)
    first = re.escape(form[0])
    if form[0].islower():
        first = f"[{form[0].upper()}{form[0]}]"
    return f"(?<!{_EDGE}){first}{re.escape(form[1:])}{_ENDING}(?!{_EDGE})"
