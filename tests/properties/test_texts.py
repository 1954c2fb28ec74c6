"""What is masked in outputs, how a page is divided and when a part of it counts as changed, and how words are cut."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from live.pages.glossary import Term
from live.searching.index import ONE_BYTE, Document, Index, Language, without_needless_edges
from live.searching.words import EDGE, HAN, Words
from live.translating.page import below_heading
from live.translating.sections import headings, sections
from tests.conftest import ROOT
from tests.plain_runs import LUCK, NUMBERS, masked
from tests.properties.texts import NASTY, printed

SEPARATOR = re.compile(
    re.findall(r"separator: >-\n +(\S+)\n", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))[0], re.ASCII
)
"""What the search of the site takes for it."""
LINES = (
    *(
        "# 锁 {#locks}",
        "## 一 {#one}",
        "## Two words",
        "## {#bare}",
        "##",
        "### 里层 {.note #inner}",
        "#no",
        "    ## in",
    ),
    *("", "一段文字，with words.", "---", "title: 锁", "description: >-", "  一句", "search:", "  boost: 2"),
    *(
        "```python",
        "```",
        "~~~~",
        "~~~~ ",
        "````",
        "> ```",
        "- 一",
        "\t",
        " ",
        "a\u2028## b {#b}",
        "\x0c## c",
        "d\x85# e",
    ),
)
PAGES = st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=20).map("\n".join)
SPACE = st.text(" \t\n\u3000\xa0", min_size=1, max_size=3)
HAN_TEXT = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=6)
MIXED = st.lists(
    st.sampled_from(("死锁", "全局解释器锁", "锁", "RLock", "<b>", "</b>", "&amp;", EDGE, "\x7f", " ", "〇", "the GIL"))
    | HAN_TEXT
    | st.text(max_size=6),
    max_size=10,
).map("".join)
WORDS = Words(["死锁", "锁", "全局解释器锁 / GIL"])


@given(printed(), st.sampled_from((*LUCK, "snippets/a/turns.py")))
def test_masking_twice_changes_nothing_and_no_line_is_lost(text: str, snippet: str) -> None:
    once = masked(text, snippet)
    assert ascii(masked(once, snippet)) == ascii(once)
    assert len(once.splitlines()) == len(text.splitlines())


@given(printed(), st.integers(0, 10**12), st.floats(0, 1e9, allow_nan=False))
def test_two_runs_that_differ_in_numbers_only_are_masked_alike(text: str, address: int, time: float) -> None:
    first, second = (
        masked(f"{text} at 0x{place:x} after {took:.3f} s in {pid}", "snippets/a/turns.py")
        for place, took, pid in ((address, time, 4711), (address + 77, time * 3, 12))
    )
    assert ascii(first) == ascii(second)
    assert NUMBERS.search(first) is None


@given(PAGES)
def test_the_sections_of_a_page_are_the_page(page: str) -> None:
    parts = sections(page)
    assert "".join(part.text for part in parts) == page
    lines = page.splitlines(keepends=True)
    for part in parts:
        assert page.endswith("".join(lines[part.line - 1 :]))
        assert "".join(lines[part.line - 1 :]).startswith(part.text)
    assert sum(heading.level == 2 for heading in headings(page)) == len(parts) - 1


@given(PAGES)
def test_a_section_divided_again_is_one_section(page: str) -> None:
    for part in sections(page)[1:]:
        (_, again) = sections(part.text)
        assert (again.text, again.id, again.digest) == (part.text, part.id, part.digest)


@given(PAGES, st.data())
def test_the_digest_does_not_depend_on_white_space_within_a_line(page: str, data: st.DataObject) -> None:
    part = sections(page)[-1]
    assume(not part.text.startswith("---"))
    place = data.draw(st.integers(0, len(part.text)))
    spaced = replace(part, text=part.text[:place] + data.draw(SPACE) + part.text[place:])
    assert spaced.digest == part.digest


@given(PAGES, st.data())
def test_the_digest_depends_on_each_character_that_is_no_white_space(page: str, data: st.DataObject) -> None:
    part = sections(page)[-1]
    visible = [place for place, character in enumerate(part.text) if not re.match(r"\s", character)]
    assume(visible and not part.text.startswith("---"))
    place = data.draw(st.sampled_from(visible))
    other = data.draw(st.characters(codec="utf-8").filter(lambda one: one != part.text[place] and not one.isspace()))
    for changed in (other, ""):
        assert replace(part, text=part.text[:place] + changed + part.text[place + 1 :]).digest != part.digest


@given(PAGES, st.sampled_from(("<aside>note</aside>", "")))
def test_a_notice_is_added_to_a_page_and_nothing_else_is(page: str, notice: str) -> None:
    made = below_heading(page, notice)
    assert made.replace(f"\n{notice}\n\n", "", 1) == page if notice else made == page


@given(MIXED)
def test_cutting_into_words_loses_nothing_and_leaves_the_rest_alone(text: str) -> None:
    cut = WORDS.cut(text)
    assert cut.replace(EDGE, "") == text.replace(EDGE, "")
    assert WORDS.cut(cut) == cut
    for word in cut.split(EDGE):
        assert HAN.fullmatch(word) or not HAN.search(word), "a word is Chinese or it is not"


@given(MIXED, st.sampled_from(("死锁", "全局解释器锁")), MIXED)
def test_a_term_between_other_things_is_a_word_wherever_it_stands(before: str, term: str, after: str) -> None:
    place = len(before.replace(EDGE, ""))
    cut = WORDS.cut(f"{before}，{term}。{after}")
    assert term in cut.split(EDGE)
    ends = [0]
    for word in cut.split(EDGE):
        ends.append(ends[-1] + len(word))
    assert {place + 1, place + 1 + len(term)} <= set(ends)


@given(MIXED, MIXED)
def test_words_inside_words_are_parts_of_the_text(text: str, more: str) -> None:
    cut = WORDS.cut(f"{text} {more}")
    assert all(part in cut for part in WORDS.inside(cut))


@given(MIXED | st.sampled_from(NASTY))
def test_the_search_takes_the_same_words_out_of_a_text_without_needless_edges(text: str) -> None:
    cut = WORDS.cut(text)
    parted = without_needless_edges(cut, SEPARATOR)
    assert len(parted) <= len(cut)
    assert [word for word in SEPARATOR.split(parted) if word] == [word for word in SEPARATOR.split(cut) if word]


@given(MIXED, MIXED | st.sampled_from(NASTY))
def test_an_index_gives_each_title_and_text_back(title: str, text: str) -> None:
    language = Language("", WORDS, [Term(("死锁",), "deadlock", "互相等待。")], cuts=True)
    made = Index({}, [Document("locks/#a", title, text)], language).text()
    made.encode("utf-8")
    (document,) = json.loads(made.replace(ONE_BYTE, EDGE))["docs"]
    for name, given_text in (("title", title), ("text", text)):
        assert document[name].replace(EDGE, "") == given_text.replace(EDGE, "").replace(ONE_BYTE, "")
