"""How a page is divided, what of a section counts as changed, and what it consists of."""

from __future__ import annotations

from textwrap import dedent

import pytest

from live.translating.outline import outline, prose
from live.translating.sections import headings, sections
from tests.conftest import ROOT

PAGE = """\
---
title: 锁
---

# 锁 {#locks}

开头。

## 一 {#one}

```python
## no heading
```

### 里层 {#inner}

## 二

末尾。
"""


def test_a_page_is_what_comes_before_the_first_section_and_each_section() -> None:
    parts = sections(PAGE)
    assert [(part.id, part.title, part.line) for part in parts] == [
        ("locks", "锁", 1),
        ("one", "一", 9),
        ("二", "二", 17),
    ]
    assert "".join(part.text for part in parts) == PAGE


def test_a_heading_inside_a_block_of_code_is_none() -> None:
    assert [(found.level, found.id) for found in headings(PAGE)] == [(1, "locks"), (2, "one"), (3, "inner"), (2, "")]


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs").glob("*/*.md")), ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_no_text_of_a_page_is_lost(page) -> None:
    text = page.read_text(encoding="utf-8")
    parts = sections(text)
    assert "".join(part.text for part in parts) == text
    assert len({part.id for part in parts}) == len(parts)


@pytest.mark.parametrize("text", ["", "nothing but text", "## only\n", "# t", "# t {#a .b}\n\n## s {.c #d}\n"])
def test_any_page_can_be_divided(text: str) -> None:
    assert "".join(part.text for part in sections(text)) == text


def digest(text: str) -> str:
    return sections(text)[-1].digest


def test_a_section_is_the_same_however_its_lines_are_broken() -> None:
    assert digest("## 一 {#one}\n\n很长的一句，\n分成两行。\n") == digest(
        "## 一 {#one}\n很长的一句，分成  两行。\n\n\n"
    )


def test_a_section_is_another_when_one_character_differs() -> None:
    assert digest("## 一\n\n很长。") != digest("## 一\n\n很短。")


def test_of_the_front_matter_only_what_is_translated_counts() -> None:
    text = "---\ntitle: 锁\ndescription: >-\n  一句话\n---\n\n# 锁\n"
    assert digest(text) == digest(text.replace("title", "search:\n  boost: 2\ntitle"))
    assert digest(text) != digest(text.replace("一句话", "两句话"))
    assert digest(text) != digest(text.replace("title: 锁", "title: 门"))


def items(text: str) -> list[str]:
    return [str(item) for item in outline(dedent(text))]


def test_an_outline_has_everything_but_the_words() -> None:
    text = """\
        ## 一 {#one}

        第一段有 [`a[0]`](b.md#c) 和 ![图](d.svg "名字")。
        同一段。

        ```python exec="on"
        --8<-- "snippets/a/b.py"
        ```

        1. 说明 [e](f.md)

            说明的下一段

        2. 第二点

        - 一
        - 二

        !!! warning "标题 [不是链接]"

            里面的一段，`[code](x.md)` 不算。

            | 一 | 二 |
            |---|---|
            | 三 | 四 |

        ```sh
        make
        ```
        """
    assert items(text) == [
        "heading ## {#one}",
        "paragraph",
        "link b.md#c",
        "picture d.svg",
        "program snippets/a/b.py",
        "list numbered, 2 long",
        "link f.md",
        "list of points, 2 long",
        "note of kind warning",
        "paragraph",
        "table of 2 columns and 1 rows",
        "code sh",
    ]


def test_the_language_in_the_address_of_documentation_does_not_count() -> None:
    assert items("[x](https://docs.python.org/zh-cn/3/a.html)") == items("[y](https://docs.python.org/3/a.html)")


def test_prose_is_without_code_and_addresses() -> None:
    assert prose("一 `lock` [二](lock.md)\n\n```python\nlock\n```\n三 {#lock}") == "一  [二]\n\n三 ]"
