"""The few words that a program's output and its replay are labelled with, in the languages of the pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date

ENGLISH = "en-GB"
"""Which English the pages are written in."""


@dataclass(frozen=True)
class Words:
    """Labels; the ones with braces are formats."""

    output: str
    nothing: str
    left_out: str
    free_threaded: str
    one_core: str
    cores: str
    seconds: str
    exit_code: str
    signal: str
    stopped: str
    leftovers: str
    download: str
    trace: str
    failed: str
    not_run: str
    comma: str
    elsewhere: str
    lacks_visits: str
    lacks_printers: str
    lacks_full: str
    lacks_traced: str
    lacks_trouble: str


WORDS = {
    "en": Words(
        output="Output",
        nothing="(prints nothing)",
        left_out="… {:,} bytes left out here …",
        free_threaded="free-threaded",
        one_core="1 core",
        cores="{} cores",
        seconds="{} s",
        exit_code="exit code {}",
        signal="killed by {}",
        stopped="stopped after {:g} s",
        leftovers="processes left running and killed: {}",
        download="download {}",
        trace="trace for Perfetto",
        failed="This program did not do what the page says",
        not_run="This build ran no programs.",
        comma=", ",
        elsewhere="This build did not run the program, because the machine lacks: {missing}. "
        "What you see is a run kept in the repository, recorded on {date} ({origin}).",
        lacks_visits="The replay shows only the first rounds of the busiest loops.",
        lacks_printers="The output has so many lines that it is not marked who printed which.",
        lacks_full="So much happened in this program that the end of the replay is missing.",
        lacks_traced="The program uses Python's tracing itself, so the replay lacks what happened after that.",
        lacks_trouble="The replay is incomplete: a part of this run could not be recorded.",
    ),
    "zh": Words(
        output="输出",
        nothing="（没有输出）",
        left_out="…… 此处略去 {:,} 字节 ……",
        free_threaded="自由线程构建",
        one_core="1 核",
        cores="{} 核",
        seconds="{} 秒",
        exit_code="退出码 {}",
        signal="被 {} 终止",
        stopped="运行 {:g} 秒后被终止",
        leftovers="结束时留下 {} 个进程，已终止",
        download="下载 {}",
        trace="Perfetto 跟踪文件",
        failed="这个程序的运行结果与页面所说的不符",
        not_run="这次构建没有运行程序。",
        comma="，",
        elsewhere="这次构建没有运行这个程序，因为这台机器缺少：{missing}。"
        "这里显示的是保存在仓库里的一次运行，录于 {date}（{origin}）。",
        lacks_visits="最忙的循环，回放只给出开头几圈。",
        lacks_printers="输出的行太多，没有逐行标出是谁打印的。",
        lacks_full="这个程序里发生的事太多，回放缺了最后一段。",
        lacks_traced="程序自己用了 Python 的跟踪功能，此后发生的事回放里没有。",
        lacks_trouble="这次运行有一部分没有录下来，回放不完整。",
    ),
}


def words(language: str) -> Words:
    """The words of the language, or the English ones where it has none yet."""
    return WORDS[spoken(language)]


def spoken(language: str) -> str:
    """The language that those words are in."""
    return language if language in WORDS else "en"


def date(language: str, day: str) -> str:
    """A day, given as 2026-11-25, written out in the language of the words."""
    # A German date among words that are still English would be of no language.
    locale = Locale.parse(ENGLISH if spoken(language) == "en" else language, sep="-")
    return format_date(datetime.date.fromisoformat(day), format="long", locale=locale)
