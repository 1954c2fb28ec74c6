"""Makes the indexes: what the reader's browser looks through, and shows as results."""

from __future__ import annotations

import json
import re
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

ONE_BYTE = "\x7f"
"""Stands in a file for an edge, which would be three."""
_LINE = Markup("<p><code>{}</code></p>")
_SAYS_NOTHING = re.compile(r"\W*|if __name__ == .__main__.:|(def )?main\(\)( -> None:)?")
"""Lines of a program that nobody searches for: no words, or those of nearly every program."""


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
        lines = map(str.strip, f"{program.code}\n{bounded(output)}".splitlines())
        text = Markup().join(_LINE.format(line) for line in lines if not _SAYS_NOTHING.fullmatch(line))
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


@dataclass(frozen=True)
class Index:
    """All that is found in one language."""

    config: Mapping[str, Any]
    """What the search is told besides the fields: `lang`, `separator` and `pipeline`."""
    documents: Sequence[Document]
    """Pages before their sections; of equals, the search shows the earlier one first."""
    language: Language

    def text(self) -> str:
        """JSON, in the words of Material's search, of all but the programs: what a first answer needs."""
        return self._json(self._made(programs=False))

    def nothing(self) -> str:
        """The same without anything to be found, which pages ask for before anybody searches."""
        return self._json([])

    def programs(self) -> list[dict[str, Any]]:
        """What it does not have of the documents."""
        return self._made(programs=True)

    def _made(self, *, programs: bool) -> list[dict[str, Any]]:
        finder = Finder(self.language.terms)
        documents = (document for document in self.documents if document.is_program == programs)
        made = [_prepared(document, self.language, finder) for document in documents]
        for one in made:
            one.update({name: without_needless_edges(one[name], self._separator) for name in ("title", "text")})
        return made

    @property
    def _separator(self) -> re.Pattern[str]:
        # In the browser \w is no Chinese character either.
        return re.compile(self.config.get("separator", EDGE), re.ASCII)

    def _json(self, documents: list[dict[str, Any]]) -> str:
        fields = {name: {"boost": boost} for name, boost in FIELDS.items()}
        cut = {"short": self.language.words.short} if self.language.cuts else {}
        return _json({"config": {**self.config, **cut, "fields": fields}, "docs": documents})


def programs(indexes: Sequence[Index]) -> str:
    """The programs of all languages as JSON, each once if it is the same wherever it is shown.

    What is not found in each language says in which: its `roots` are the addresses at which their pages begin.
    """
    roots: dict[str, list[str]] = {}
    for found in indexes:
        for program in found.programs():
            roots.setdefault(_json(program), []).append(found.language.root)
    shown = ((json.loads(program), within) for program, within in roots.items())
    said = [program if len(within) == len(indexes) else {**program, "roots": within} for program, within in shown]
    return _json({"docs": sorted(said, key=lambda program: str(program["title"]))})


def without_needless_edges(text: str, separator: re.Pattern[str]) -> str:
    """The text with edges only where nothing else that the search takes for a separator parts two words."""
    return separator.sub(lambda found: found[0].replace(EDGE, "") or EDGE, text)


def _json(everything: Mapping[str, Any]) -> str:
    return json.dumps(everything, ensure_ascii=False, separators=(",", ":")).replace(EDGE, ONE_BYTE)


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
