"""What a page says about its other languages, in the languages of the pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadingWords:
    """Labels; `{}` stands for the name of a language."""

    language: str
    """Of these words themselves."""
    hint: str
    """Said to a reader who may prefer this language."""
    about: str
    """What the hint is about, for those who go from part to part of a page."""
    close: str
    side: str
    """Said of the button that sets two languages side by side."""
    side_failed: str


READING_WORDS = {
    "en": ReadingWords(
        language="en",
        hint="This page is also in {}",
        about="Language of this page",
        close="Close",
        side="Two languages",
        side_failed="The other language cannot be loaded: there is no network, or this page was opened from the disk.",
    ),
    "zh": ReadingWords(
        language="zh",
        hint="本页也有{}版",
        about="本页的语言",
        close="关闭",
        side="双语对照",
        side_failed="另一种语言加载不了：没有网络，或者这一页是从磁盘上打开的。",
    ),
}


def reading_words(language: str) -> ReadingWords:
    """The words of the language, or the English ones where it has none yet."""
    return READING_WORDS.get(language, READING_WORDS["en"])
