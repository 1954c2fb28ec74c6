"""What of a style sheet can apply to a site: a theme brings styles for far more than a site shows.

Anything that could name a class or an id counts: the attributes of all pages, and every word of a script, since scripts
add what is not in a page yet.

Two things make a browser slow, with which Material is generous. What can apply to any element at all is tried on every
one: styles for twenty tabs side by side are most of that, and those stay that some page has. And where styles for all
that is in something depend on whether it has any class, then with every class that a script adds to anything, all in it
is looked at anew: of tables without a class they say instead which classes those of the site have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

_ATTRIBUTE = re.compile(r'\b(?:class|id)="([^"]*)"')
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
_WORD = re.compile(r"[\w-]+")
_PROPERTY = re.compile(r"--[\w-]+")
_TABLE = re.compile(r'<table\b[^>]*\bclass="([^"]*)"')
_UNCLASSED = "table:not([class])"
_TABS = re.compile(r'\bdata-tabs="\d+:(\d+)"')
"""How many tabs stand side by side, as pymdownx.tabbed writes it."""
_GROUPS = {"media", "supports"}
"""At-rules that are rules under a condition."""


@dataclass(frozen=True)
class Names:
    """What styles can apply to, and the properties that a page or a script asks for by itself."""

    words: frozenset[str]
    properties: frozenset[str]
    tabs: int
    """The most that stand side by side."""
    tables: frozenset[str]
    """Classes of tables."""

    @classmethod
    def within(cls, pages: Iterable[str], scripts: Iterable[str]) -> Names:
        """All names in the HTML of pages and the source of scripts."""
        words: set[str] = set()
        properties: set[str] = set()
        tables: set[str] = set()
        tabs = 0
        for page in pages:
            tables |= {word for value in _TABLE.findall(page) for word in value.split()}
            tabs = max(tabs, *map(int, _TABS.findall(page)), 0)
            words |= {word for value in _ATTRIBUTE.findall(page) for word in value.split()}
            properties |= set(_PROPERTY.findall(page))
            words |= {word for script in _SCRIPT.findall(page) for word in _WORD.findall(script)}
        for script in scripts:
            words |= set(_WORD.findall(script))
            properties |= set(_PROPERTY.findall(script))
        return cls(frozenset(words), frozenset(properties), tabs, frozenset(tables))

    def apply_to(self, selector: Sequence[Any]) -> bool:
        """Whether something may be what the selector asks for."""
        needed = set(_in(selector))
        return needed <= self.words and (
            _place(selector) <= self.tabs or not any(name.startswith("tabbed-") for name in needed)
        )

    def written(self, selector: Sequence[Any]) -> str:
        """The selector as it stands in the sheet."""
        classed = ",".join(f".{name}" for name in sorted(self.tables))
        return _text(selector).replace(_UNCLASSED, f"table:not({classed})" if classed else _UNCLASSED)


@dataclass(frozen=True)
class Sheet:
    """A style sheet, parsed once."""

    rules: tuple[Node, ...]

    @classmethod
    def of(cls, text: str) -> Sheet:
        """Parse it.

        Raises:
            ValueError: If something of it is no rule.
        """
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        for rule in rules:
            if rule.type == "error":
                raise ValueError(f"line {rule.source_line}: {rule.message}")
        return cls(tuple(rules))

    def used(self, names: Names) -> str:
        """The rules that can apply, without comments, and without custom properties that nothing asks for."""
        kept = "".join(_kept(self.rules, names, None))
        asked = names.properties | set(re.findall(r"var\(\s*(--[\w-]+)", kept))
        return "".join(_kept(self.rules, names, asked))


def _kept(rules: Iterable[Node], names: Names, asked: frozenset[str] | set[str] | None) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = list(filter(names.apply_to, _between_commas(rule.prelude)))
            content = _declarations(rule, asked)
            if selectors and content:
                yield f"{','.join(map(names.written, selectors))}{{{content}}}"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in _GROUPS and rule.content is not None:
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if content := "".join(_kept(inside, names, asked)):
                yield f"@{rule.at_keyword} {_text(rule.prelude)}{{{content}}}"
        elif rule.type != "error":
            yield rule.serialize()


def _declarations(rule: QualifiedRule, asked: frozenset[str] | set[str] | None) -> str:
    found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    kept = []
    for one in found:
        if not isinstance(one, Declaration):
            return _text(rule.content)  # a rule in a rule: all of it stays
        if asked is None or not one.name.startswith("--") or one.name in asked:
            kept.append(f"{one.name}:{_text(one.value)}{'!important' if one.important else ''}")
    return ";".join(kept)


def _between_commas(tokens: Sequence[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _in(selector: Sequence[Any]) -> Iterator[str]:
    """Classes and ids that something must have; what stands in `:not()` and its like is nothing that it must have."""
    dot = False
    for token in selector:
        if token.type == "hash" or (dot and token.type == "ident"):
            yield token.value
        dot = token.type == "literal" and token.value == "."


def _place(selector: Sequence[Any]) -> int:
    """The highest place among its siblings that the selector asks for by number."""
    counts = (token.arguments for token in selector if token.type == "function" and token.lower_name == "nth-child")
    return max((one.int_value or 0 for one, *more in counts if one.type == "number" and not more), default=0)


def _text(tokens: Iterable[Any]) -> str:
    """The tokens as short as can be said without knowing what they mean."""
    said = (" " if token.type == "whitespace" else token.serialize() for token in tokens if token.type != "comment")
    return "".join(said).strip()
