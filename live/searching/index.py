"""Makes the index of one language: what the reader's browser looks through, and shows as results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from live.pages.glossary import FORMS, Finder, Term
from live.searching.programs import Program, bounded
from live.searching.words import EDGE, HAN, Words

FIELDS = {"title": 8e4, "title_also": 4e4, "text": 1e4, "text_also": 3e3, "tags": 8e4}
"""What a word in each field is worth. The two `also` are looked through, but not shown.

Large numbers, since the search rounds to thousandths after it has multiplied them by a document's boost.
"""
WHOLE_PAGE = 0.4
"""Boost of what a page says before its first section: the search itself makes it worth 2.5 times as much."""
PROGRAM = 1e-4
"""Boost of programs: a word in a text comes first, even if it is in a program's title as well."""

_LINE = Markup("<p><code>{}</code></p>")


@dataclass(frozen=True)
class Document:
    """What is found as a whole: a section, a page up to its first section, or a program."""

    location: str
    """Address from the root of the site."""
    title: str
    """HTML, like the text."""
    text: str
    boost: float = 1
    tags: Sequence[str] = ()
    is_program: bool = False

    @classmethod
    def of(cls, program: Program, output: str, page: str, boost: float = 1) -> Document:
        """A program on the page at that address, each line by itself: results show the lines that fit.

        Args:
            program: The program.
            output: What it printed; empty where nothing was run.
            page: The address.
            boost: That of the page.
        """
        lines = (line for line in f"{program.code}\n{bounded(output)}".splitlines() if line.strip())
        text = Markup().join(map(_LINE.format, lines))
        return cls(f"{page}#{program.anchor}", Markup.escape(program.title), text, PROGRAM * boost, is_program=True)


@dataclass(frozen=True)
class Language:
    """What is to be known of a language to make its index."""

    root: str
    """Address of its pages: empty, or with a slash at the end."""
    words: Words
    terms: list[Term]
    cuts: bool
    """Whether Chinese is cut here; else the search itself finds the words, in a way of its own."""


def index(config: Mapping[str, Any], documents: Iterable[Document], language: Language) -> str:
    """The index as JSON, in the words of Material's search.

    Args:
        config: What the search is told besides the fields: `lang`, `separator` and `pipeline`.
        documents: Pages before their sections; of equals, the search shows the earlier one first.
        language: The language of all of them.
    """
    fields = {name: {"boost": boost} for name, boost in FIELDS.items()}
    cut = {"short": language.words.short} if language.cuts else {}
    finder = Finder(language.terms)
    prepared = [_prepared(document, language, finder) for document in documents]
    return _json({"config": {**config, **cut, "fields": fields}, "docs": prepared})


def without_documents(whole: str) -> str:
    """The index of nothing, with the configuration of that one, which pages ask for before anybody searches."""
    return _json({**json.loads(whole), "docs": []})


def _json(everything: Mapping[str, Any]) -> str:
    return json.dumps(everything, ensure_ascii=False, separators=(",", ":"))


def _prepared(document: Document, language: Language, finder: Finder) -> dict[str, Any]:
    found: dict[str, Any] = {"location": document.location.removeprefix(language.root)}
    for name, html in (("title", document.title), ("text", document.text)):
        text = html.replace(EDGE, "")
        found[name] = language.words.cut(text) if language.cuts else text
        # A program is the same in all languages: what its words are called in another would be noise.
        terms = set() if document.is_program else finder.within(text)
        if also := _also(found[name], terms, language):
            found[f"{name}_also"] = " ".join(sorted(also))
    if document.tags:
        found["tags"] = document.tags
    boost = document.boost if "#" in document.location else document.boost * WHOLE_PAGE
    return found if boost == 1 else {**found, "boost": boost}


def _also(text: str, terms: Iterable[Term], language: Language) -> set[str]:
    """What else a text is to be found by: other names of its terms, and the words inside its words."""
    plain = text.replace(EDGE, "").lower()
    names = {name for term in terms for name in (*term.forms, *term.other.split(FORMS)) if name.lower() not in plain}
    if not language.cuts:
        return names
    return {language.words.cut(name) for name in names} | (language.words.inside(text) - {*HAN.findall(text)})
