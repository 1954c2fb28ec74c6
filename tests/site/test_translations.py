"""What readers see of a translation that is not up to date, and of a language that has just been begun."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, settings_for
from tests.project import Built, Project, outputs
from tests.settled import settle

PAGES = ("index", "locks", "event", "status")
"""Those of the site that are built: the others would show nothing more."""
JAPANESE = """\
---
title: ロック
description: 翻訳はまだ途中です。
---

# ロック {#locks}

短い前書き。

## 公平さ {#fairness}

誰が次かは決まっていない。
"""


@pytest.fixture(scope="session")
def built(once: Callable[[str, Callable[[Path], None]], Path]) -> Built:
    """The site, where a sentence of the original changed, a section of English is missing and a language was begun."""
    root = once("translations", make)
    return Built(0, "", root / "site")


def make(root: Path) -> None:
    root.mkdir()
    for name in ("docs", "snippets"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for page in (root / "docs").glob("??/*.md"):
        if page.stem not in PAGES:
            page.unlink()
    settle(root / "docs")
    configuration = settings_for({name: f"{name}.md" for name in PAGES})
    entry = "        - locale: en\n"
    assert configuration.count(entry) == 1
    third = "        - locale: ja\n          name: 日本語\n          build: true\n"
    (root / "mkdocs.yml").write_text(configuration.replace(entry, third + entry), encoding="utf-8")
    replace(root / "docs/zh/locks.md", r"(\{#why-a-lock\}\n\n)", r"\1多了一句。")
    replace(root / "docs/en/locks.md", r"## [^\n]*\{#with-a-lock\}.*?(?=\n## )", "")
    (root / "docs/ja").mkdir()
    (root / "docs/ja/locks.md").write_text(JAPANESE, encoding="utf-8")
    published = {"REPO_URL": "https://example.org/x/y", "EDIT_URI": "edit/main/docs/"}
    done = Project(root).build(environment={"LIVE_RUN": "false", **published})
    assert done.returncode == 0, done.output


def replace(file: Path, pattern: str, by: str) -> None:
    text, count = re.subn(pattern, by, file.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1
    file.write_text(text, encoding="utf-8")


def parts(html: str) -> dict[str, str]:
    """By id, each section of a page as HTML."""
    article = html.split('<article class="md-content__inner', 1)[1]
    found = re.split(r'<h[12] id="([^"]+)">', article)
    return dict(zip(found[1::2], found[2::2], strict=True))


def test_only_the_section_whose_original_changed_says_so(built: Built) -> None:
    notices = {id: html.count("live-notice") for id, html in parts(built.html("en/locks")).items()}
    assert {id for id, count in notices.items() if count} == {"why-a-lock", "with-a-lock"}
    notice = re.search(r'<aside class="live-notice".*?</aside>', parts(built.html("en/locks"))["why-a-lock"], re.S)[0]
    assert "has changed since it was translated" in notice
    assert 'href="../../locks/#why-a-lock"' in notice
    assert 'href="../status/#help"' in notice


def test_pages_that_are_up_to_date_and_the_original_say_nothing(built: Built) -> None:
    for url in ("locks", "event", "en/event"):
        assert "live-notice" not in built.html(url)


def test_a_section_that_is_not_translated_is_the_original_and_says_so(built: Built) -> None:
    html = built.html("en/locks")
    assert list(parts(html)) == list(parts(built.html("locks"))), "in its place"
    original = re.search(r'<div class="live-original" lang="zh">(.*?)</div>\s*<h2 id="what-a-lock-is"', html, re.S)[1]
    assert '<h2 id="with-a-lock">' in original
    assert "临界区" in original
    assert "has not been translated yet" in original
    assert 'class="live-program"' in original, "with its programs"


def test_the_status_page_lists_what_is_not_up_to_date_in_the_language_of_the_reader(built: Built) -> None:
    rows = {
        url: re.findall(r"<code>(\S+)</code>\s*</td>\s*<td>([^<]+)<", built.html(url))
        for url in ("status", "en/status")
    }
    assert ("locks.md#why-a-lock", "原文改过了") in rows["status"]
    assert ("locks.md#why-a-lock", "the original has changed") in rows["en/status"]
    assert ("locks.md#with-a-lock", "not translated yet") in rows["en/status"]
    assert ("event.md", "not translated yet") in rows["en/status"], "one row for a page of which there is nothing"
    assert not [name for name, _ in rows["en/status"] if name.startswith("event.md#")]
    english = built.html("en/status").split("English</strong>")[1].split("日本語</strong>")[0]
    assert english.count("<tr>") == 1 + 2
    assert 'href="../locks/#why-a-lock"' in english
    assert 'href="../../locks/#why-a-lock"' in english


def test_a_third_language_is_a_folder_and_an_entry_and_falls_back_section_by_section(built: Built) -> None:
    html = built.html("ja/locks")
    assert '<html lang="ja"' in html
    assert list(parts(html)) == list(parts(built.html("locks")))
    marked = re.findall(r'<div class="live-original" lang="zh">\s*<h2 id="([^"]+)">', html)
    assert marked == [id for id in parts(built.html("locks")) if id not in {"locks", "fairness"}]
    assert "誰が次かは決まっていない" in parts(html)["fairness"]
    assert "live-notice" not in parts(html)["fairness"]
    # A language that has no words of its own yet takes the English ones, and says that they are.
    assert '<aside class="live-notice" lang="en"' in html


def test_a_page_that_is_not_translated_is_the_original_and_says_so_once(built: Built) -> None:
    html = built.html("ja/event")
    assert html.count("live-notice") == 1
    assert "This page has not been translated yet" in html
    assert "等它的线程" in html or "事件" in html


def test_programs_in_what_was_taken_from_the_original_are_shown_as_on_its_page(built: Built) -> None:
    assert built.html("ja/locks").count('class="live-program"') == built.html("locks").count('class="live-program"') - 1
    assert outputs(built.html("ja/locks")) == outputs(built.html("locks"))[:-1]


@pytest.mark.parametrize(
    ("url", "file"),
    [("locks", "zh/locks.md"), ("en/locks", "en/locks.md"), ("ja/locks", "ja/locks.md"), ("", "zh/index.md")],
)
def test_edit_this_page_opens_the_file_of_the_language(built: Built, url: str, file: str) -> None:
    assert re.search(rf'<a href="https://example.org/x/y/edit/main/docs/{file}"[^>]*rel="edit"', built.html(url))
