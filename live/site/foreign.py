"""Marks words of another language in a page, so that they are read out, set and broken as that language wants it.

On Chinese pages these are the English terms that stand in brackets behind their Chinese ones, on all others the Chinese
words: quotes from the notes. What is code stays as it is, and so does what is marked already.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_IN_HAN = ("zh", "ja")
"""Languages whose own pages are written in Chinese characters."""
_CHINESE = re.compile(
    # Runs of Chinese characters with the Chinese punctuation and the digits within them.
    r"[\u3400-\u9fff\uf900-\ufaff](?:[\u3400-\u9fff\uf900-\ufaff\u3001-\u3011\uff01-\uff5e·…—\d]*"
    r"[\u3400-\u9fff\uf900-\ufaff\u3002\uff01\uff1f])?"
)
_GLOSS = re.compile(r"(?<=（)[A-Za-z][A-Za-z ,'-]*(?=）)")
_PARTS = re.compile(
    r"<!--.*?-->"
    # Those of the elements left alone that cannot lie within their like.
    r"|<(?P<whole>pre|script|style|textarea|title)\b.*?</(?P=whole)>"
    r"|<(?P<closes>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_LEFT_ALONE = frozenset({"code", "kbd", "option", "samp", "svg"})
_LANG = re.compile(r"""\slang=["']?([\w-]+)""")
_MARKED = Markup('<span lang="{}">{}</span>')


def marked(html: str, language: str) -> str:
    """The page with its foreign words marked.

    Args:
        html: A whole page.
        language: Its language, as BCP 47 writes it.
    """
    base = language.partition("-")[0]
    if base not in _IN_HAN:
        return _Marker(language, _CHINESE, "zh").mark(html)
    return _Marker(language, _GLOSS, "en").mark(html) if base == "zh" else html


class _Marker:
    """Goes through a page, and knows whether it is within an element that is left alone."""

    def __init__(self, language: str, words: re.Pattern[str], theirs: str) -> None:
        self._language, self._words, self._theirs = language, words, theirs
        self._tag, self._depth = "", 0
        """The outermost element that is left alone, and how many of its kind are open."""

    def mark(self, html: str) -> str:
        return _PARTS.sub(self._part, html) if self._words.search(html) else html

    def _part(self, found: re.Match[str]) -> str:
        if found["text"]:
            return found[0] if self._tag else self._words.sub(self._span, found[0])
        if found["tag"]:
            self._pass(found["tag"], bool(found["closes"]), found["attributes"])
        return found[0]

    def _span(self, found: re.Match[str]) -> str:
        return _MARKED.format(self._theirs, Markup(found[0]))

    def _pass(self, tag: str, closes: bool, attributes: str) -> None:
        if self._tag:
            if tag == self._tag and not attributes.endswith("/"):
                self._depth += -1 if closes else 1
                self._tag = tag if self._depth else ""
        elif not closes and tag not in _VOID and (tag in _LEFT_ALONE or self._is_foreign(attributes)):
            self._tag, self._depth = tag, 1

    def _is_foreign(self, attributes: str) -> bool:
        lang = _LANG.search(attributes)
        return lang is not None and lang[1] != self._language
