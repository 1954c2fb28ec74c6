"""Cuts text into the words that a reader may look for, with the terms of a glossary whole."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator

import jieba

HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
EDGE = "\u200b"
"""Stands between Chinese words in the text of an index, and is not seen where that text is shown."""

_OFTEN = 100_000
"""How often a term occurs, by jieba's count of a large corpus: enough to keep it whole wherever it stands."""
_MIXED = re.compile(r"\b(?=\w*\w[A-Z])[A-Za-z0-9]+\b")
_PART = re.compile(r"[A-Z][a-z]+")

jieba.setLogLevel(logging.WARNING)  # it would tell of each step in loading its dictionary


class Words:
    """Knows the words of the language, and the terms besides."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = {found for term in terms for found in HAN.findall(term)}
        jieba.initialize()
        # A copy: jieba's one for everybody would keep the terms of the builds that a server made before.
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total = dict(jieba.dt.FREQ), jieba.dt.total
        self._jieba.initialized = True
        for term in self._terms:
            if len(term) > 1:  # each character is a word already, and must not be torn out of others
                self._jieba.add_word(term, _OFTEN)

    @property
    def short(self) -> list[str]:
        """The terms of one character: in a query they are not there by accident."""
        return sorted(term for term in self._terms if len(term) == 1)

    def cut(self, text: str) -> str:
        """The text, with an edge around each Chinese word."""

        def cut(found: re.Match[str]) -> str:
            # Without guessing: words that jieba makes up differ from one sentence to the next.
            return EDGE + EDGE.join(self._jieba.cut(found[0], HMM=False)) + EDGE

        return HAN.sub(cut, text.replace(EDGE, "")).strip(EDGE)

    def inside(self, text: str) -> set[str]:
        """The words inside longer ones of a text that is cut: 解释器锁 and 锁 in 全局解释器锁, Lock in RLock."""
        chinese = {part for word in set(HAN.findall(text)) for part in self._inside(word) if part != word}
        latin = {part for name in _MIXED.findall(text) for part in _PART.findall(name) if part != name}
        return chinese | latin

    def _inside(self, word: str) -> Iterator[str]:
        for start in range(len(word)):
            for end in range(start + 1, len(word) + 1):
                part, rest = word[start:end], word[:start] + word[end:]
                # What a word leaves of another is one as well: no dictionary has 解释器锁, but 全局 stands before it.
                left = len(part) > 1 and self._is_word(rest) and rest in (word[:start], word[end:])
                if part in self._terms or self._is_word(part) or left:
                    yield part

    def _is_word(self, text: str) -> bool:
        return len(text) > 1 and bool(self._jieba.FREQ.get(text))
