"""How a translated page is completed."""

from __future__ import annotations

from pathlib import Path

import pytest

from live.translating.page import completed
from live.translating.pairs import State, pairs_of


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for language in ("zh", "en"):
        (tmp_path / language).mkdir()
    return tmp_path


def shown(docs: Path, original: str, translation: str) -> str:
    (docs / "zh/a.md").write_text(original, encoding="utf-8")
    (docs / "en/a.md").write_text(translation, encoding="utf-8")
    return completed(translation, pairs_of(docs, "en", "a.md"), lambda pair: f"<p>{pair.state.value}</p>", "zh")


def test_what_a_page_begins_with_is_the_same_in_both_languages_whatever_it_is_called(docs: Path) -> None:
    text = shown(docs, "# 首页\n\n开头\n\n## 一 {#one}\n", "# Start\n\nHere\n\n## One {#one}\n")
    assert "首页" not in text
    assert [pair.state for pair in pairs_of(docs, "en", "a.md")] == [State.UNSEEN, State.UNSEEN]


def test_a_section_without_an_id_is_not_taken_from_the_original_as_nobody_knows_what_it_is(docs: Path) -> None:
    text = shown(docs, "# 首页 {#a}\n\n## 一\n\n## 二 {#two}\n", "# Start {#a}\n\n## One\n")
    assert "一" not in text
    assert "二" in text, "but one with an id is"
    assert "## One" in text


def test_a_missing_section_stands_where_it_does_in_the_original(docs: Path) -> None:
    text = shown(docs, "# 甲 {#a}\n\n## 乙 {#b}\n\n## 丙 {#c}\n", "# A {#a}\n\n## C {#c}\n")
    order = [text.index(part) for part in ("# A {#a}", "<!-- live:original zh -->", "## 乙", "end -->", "## C")]
    assert order == sorted(order)


def test_a_notice_stands_below_the_heading_and_in_no_block_of_code(docs: Path) -> None:
    text = shown(docs, "# 甲 {#a}\n\n字\n", "intro\n\n```sh\n# no heading\n```\n\n# A {#a}\n\nword\n")
    assert text.index("# A {#a}") < text.index("<p>unseen</p>") < text.index("word")
    assert text.count("<p>unseen</p>") == 1
