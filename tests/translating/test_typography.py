"""Chinese prose is set right, and nothing else is touched."""

from __future__ import annotations

import pytest

from live.pages.typography import faults, main, well_set
from tests.conftest import ROOT

CODE = """\
```python exec="on"
print("中文abc,没有空格")
```

!!! note "标题"

    ~~~sh
    echo 中文abc
    ~~~

`中文abc` [链接](中文abc.md)
"""


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("线程thread和GIL锁", "线程 thread 和 GIL 锁"),
        ("等待,然后继续。", "等待，然后继续。"),
        ("- 第1点", "- 第 1 点"),
        ('!!! note "笔记里的threading模块"', '!!! note "笔记里的 threading 模块"'),
        ("    缩进的thread也一样", "    缩进的 thread 也一样"),
        ("| 线程thread | x |", "| 线程 thread | x |"),
    ],
)
def test_prose_is_set_right_wherever_it_stands(wrong: str, right: str) -> None:
    assert well_set(f"{wrong}\n") == f"{right}\n"
    assert list(faults(f"对。\n{wrong}\n")) == [(2, wrong.strip(), right.strip())]


def test_code_and_addresses_are_left_alone() -> None:
    assert well_set(CODE) == CODE


@pytest.mark.parametrize("page", sorted((ROOT / "docs/zh").glob("*.md")), ids=lambda file: file.name)
def test_the_pages_are_set_right(page) -> None:
    assert list(faults(page.read_text(encoding="utf-8"))) == []


def test_what_is_wrong_is_named_and_mended(tmp_path, monkeypatch, capsys) -> None:
    page = tmp_path / "docs/zh/a/b.md"
    page.parent.mkdir(parents=True)
    page.write_text("# 标题\n\n线程thread\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main([]) == 1
    assert (
        "docs/zh/a/b.md:3: 线程thread\n    should be: 线程 thread\nMend it with: make format" in capsys.readouterr().out
    )
    assert main(["--mend"]) == 0
    assert page.read_text(encoding="utf-8") == "# 标题\n\n线程 thread\n"
    assert main([]) == 0
