"""The glossary's terms: read from its page, found in prose, shown as tooltips."""

from __future__ import annotations

import html
import re

from live.pages.glossary import Finder, Term, terms
from tests.project import Project

ZH = """
# 术语

## 基本 {#basics}

| 术语 | English | 含义 |
|---|---|---|
| 线程 | thread | 执行的一条线。 |
| 守护线程 | daemon thread | 没人等的线程。 |
| 全局解释器锁 / GIL | global interpreter lock / GIL | 一把锁。 |
"""
EN = """
| Term | 中文 | Meaning |
| :--- | --- | --- |
| thread | 线程 | One line of execution. |
| global interpreter lock / GIL | 全局解释器锁 / GIL | One lock. |
"""


def words(page: str, text: str) -> list[str]:
    return [text[start:end] for start, end, _ in Finder(terms(page)).find(text)]


def test_terms_inside_longer_ones_are_within_a_text_and_parts_of_words_are_not() -> None:
    assert {term.forms[0] for term in Finder(terms(ZH)).within("两个守护线程")} == {"守护线程", "线程"}
    assert {term.forms[0] for term in Finder(terms(EN)).within("Threads and the GIL")} == {
        "thread",
        "global interpreter lock",
    }
    assert Finder(terms(EN)).within("threading") == set()


def test_terms_are_the_rows_of_the_tables() -> None:
    assert terms(ZH)[::2] == [
        Term(("线程",), "thread", "执行的一条线。"),
        Term(("全局解释器锁", "GIL"), "global interpreter lock / GIL", "一把锁。"),
    ]
    assert len(terms(ZH)) == 3
    assert [term.forms[0] for term in terms(EN)] == ["thread", "global interpreter lock"]


def test_chinese_terms_are_found_without_word_boundaries_and_the_longest_wins() -> None:
    assert words(ZH, "一个守护线程和三个线程要轮流拿GIL。") == ["守护线程", "线程", "GIL"]


def test_english_terms_are_found_as_words_in_the_plural_and_at_the_start() -> None:
    assert words(EN, "Threads and a thread, no threading, no Gil, the GIL.") == ["Threads", "thread", "GIL"]


def test_a_tooltip_gives_the_other_word_and_the_meaning() -> None:
    assert terms(ZH)[0].title == "thread：执行的一条线。"
    assert terms(EN)[0].title == "线程: One line of execution."


def test_nothing_is_found_without_a_glossary() -> None:
    assert Finder([]).find("线程") == []


def test_pages_mark_a_term_once_a_section_and_never_in_code_links_or_headings(project: Project) -> None:
    project.page("zh/glossary.md", ZH)
    project.page("en/glossary.md", EN.replace("| Term", "# Terms\n\n| Term"))
    project.page(
        "zh/x.md", "# 线程\n\n线程，再说线程，`GIL`，[GIL](index.md)。\n\n## 线程\n\n*线程* <b>a</b> 与 GIL。\n"
    )
    project.page("en/x.md", "# T\n\nA thread < two threads & a *GIL*.\n")
    built = project.build("--strict")
    assert built.returncode == 0, built.output

    def marked(url: str) -> list[tuple[str, str]]:
        found = re.findall(r'<abbr title="([^"]*)">([^<]*)</abbr>', built.html(url))
        return [(word, html.unescape(title)) for title, word in found]

    thread, gil = ("线程", "thread：执行的一条线。"), ("GIL", "global interpreter lock / GIL：一把锁。")
    assert marked("x") == [thread, thread, gil]
    assert marked("en/x") == [("thread", "线程: One line of execution."), ("GIL", "全局解释器锁 / GIL: One lock.")]
    assert marked("glossary") == []
    assert "</b> 与 <abbr" in built.html("x")
    assert "</abbr> &lt; two threads &amp; a <em><abbr" in built.html("en/x")
