"""The words in which a page says how up to date its translation is, in the languages of the pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TranslationWords:
    """Labels; the ones with braces are formats."""

    stale: str
    missing: str
    page_missing: str
    read_original: str
    help: str
    up_to_date: str
    section: str
    how: str
    original: str
    state_stale: str
    state_edited: str
    state_unseen: str
    state_missing: str
    state_extra: str
    original_link: str


WORDS = {
    "en": TranslationWords(
        stale="The original of this section has changed since it was translated.",
        missing="This section has not been translated yet. This is the original.",
        page_missing="This page has not been translated yet. This is the original.",
        read_original="Read the original",
        help="Help translate",
        up_to_date="{fresh} of {count} sections are up to date.",
        section="Section",
        how="State",
        original="Original",
        state_stale="the original has changed",
        state_edited="only the translation has changed",
        state_unseen="not compared yet",
        state_missing="not translated yet",
        state_extra="not in the original",
        original_link="original",
    ),
    "zh": TranslationWords(
        stale="这一节翻译以后，原文又改过。",
        missing="这一节还没有翻译，下面是原文。",
        page_missing="这一页还没有翻译，下面是原文。",
        read_original="看原文",
        help="帮忙翻译",
        up_to_date="{count} 节中有 {fresh} 节是最新的。",
        section="节",
        how="状况",
        original="原文",
        state_stale="原文改过了",
        state_edited="只有译文改过",
        state_unseen="还没有对照过",
        state_missing="还没有翻译",
        state_extra="原文里没有",
        original_link="原文",
    ),
}


def translation_words(language: str) -> TranslationWords:
    """The words of the language, or the English ones where it has none yet."""
    return WORDS.get(language, WORDS["en"])
