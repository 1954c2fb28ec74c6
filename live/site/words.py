"""The few words that the site itself says, in the languages of the pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SiteWords:
    """Labels and sentences; the ones with braces are formats."""

    language: str
    """The language of these words, as BCP 47 writes it."""
    missing: str
    """Title of the page that stands where there is none."""
    nothing_here: str
    home: str
    search: str
    find: str
    """On the button."""
    pages: str
    explanation: str
    """Name of the mark in a program that opens the explanation of that number."""
    picture: str
    """Describes the picture of a program's lanes."""
    wordmark: str
    """Describes the picture that shows no program."""


WORDS = {
    "en": SiteWords(
        language="en",
        missing="There is no such page",
        nothing_here="Nothing is at this address. It may be mistyped, or the page may have moved.",
        home="Go to the start page",
        search="Search this site",
        find="Search",
        pages="All pages",
        explanation="Explanation {}",
        picture="Timeline of the program {}: one row for each process, thread or task, and what it did when",
        wordmark="The words 并发现场 and Concurrency Live",
    ),
    "zh": SiteWords(
        language="zh",
        missing="没有这个页面",
        nothing_here="这个地址下什么也没有。地址也许写错了，页面也许搬走了。",
        home="去首页",
        search="在本站搜索",
        find="搜索",
        pages="全部页面",
        explanation="说明 {}",
        picture="程序 {} 的时间线：每个进程、线程或任务占一行，显示它何时在做什么",
        wordmark="文字：并发现场 / Concurrency Live",
    ),
}


def site_words(language: str) -> SiteWords:
    """The words of the language, or the English ones where it has none yet."""
    return WORDS.get(language, WORDS["en"])
