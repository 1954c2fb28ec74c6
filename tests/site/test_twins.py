"""Pages in several languages, one of them with nothing but a folder and an entry in mkdocs.yml."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields

import pytest

from live.rendering.reading_words import READING_WORDS, reading_words
from tests.conftest import ROOT
from tests.project import Built, Project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site in Chinese, English and German: `both/` is there in two of them, `all/` in all, `original/` in one."""
    project = Project.create(tmp_path_factory.mktemp("twins") / "project")
    file = project.root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace("language: zh}", "language: zh, custom_dir: overrides}")
    text = text.replace("  - markdown-exec:", "  - live-languages\n  - markdown-exec:")
    text = text.replace(
        "      languages:",
        "      fallback_to_default: true\n      languages:\n        - {locale: de, name: Deutsch, build: true}",
    )
    file.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "docs/overrides", project.root / "overrides")
    for name, languages in {"both": ("zh", "en"), "all": ("zh", "en", "de"), "original": ("zh",)}.items():
        for language in languages:
            project.page(f"{language}/{name}.md", f"# {name} {{#{name}}}\n")
    project.page("de/index.md", "# Anfang\n")
    built = project.build()
    assert built.returncode == 0, built.output
    return built


def links(html: str) -> dict[str, str]:
    """By language, where the switcher leads."""
    return {language: link for link, language in re.findall(r'<a href="([^"]+)" lang="(\w+)"[^>]* data-twin', html)}


def hints(html: str) -> dict[str, str]:
    """By language, what the hint at it says; its words may be in another language."""
    pattern = r'<aside class="live-hint" lang="(\w+)"[^>]* data-language="(\w+)".*?data-twin>([^<]+)</a>'
    return {language: f"{of_words}: {text}" for of_words, language, text in re.findall(pattern, html, re.DOTALL)}


def test_the_switcher_leads_to_the_page_in_each_language(built: Built) -> None:
    assert links(built.html("all")) == {"de": "../de/all/", "zh": "./", "en": "../en/all/"}
    assert links(built.html("en/all")) == {"de": "../../de/all/", "zh": "../../all/", "en": "./"}
    assert links(built.html("")) == {"de": "de/", "zh": "./", "en": "en/"}
    assert links(built.html("de")) == {"de": "./", "zh": "../", "en": "../en/"}


def test_what_is_not_a_page_leads_to_the_first_page_of_each_language(built: Built) -> None:
    html = (built.folder / "404.html").read_text(encoding="utf-8")
    assert links(html) == {"de": "/de/", "zh": "/", "en": "/en/"}
    assert hints(html) == {}
    assert 'class="live-side"' not in html


def test_one_language_of_the_switcher_is_that_of_the_page(built: Built) -> None:
    for path, language in {"all": "zh", "en/all": "en", "de/all": "de", "": "zh", "de": "de"}.items():
        assert re.findall(r'hreflang="(\w+)"[^>]* aria-current="true"', built.html(path)) == [language]


def test_a_hint_is_there_for_each_language_that_the_page_is_really_in(built: Built) -> None:
    english, chinese = "en: This page is also in English", "zh: 本页也有中文版"
    german = "en: This page is also in Deutsch"  # it has no words of its own yet
    assert hints(built.html("all")) == {"de": german, "en": english}
    assert hints(built.html("de/all")) == {"zh": chinese, "en": english}
    assert hints(built.html("both")) == {"en": english}
    assert hints(built.html("original")) == {}


def test_only_what_is_there_in_two_languages_can_be_read_side_by_side(built: Built) -> None:
    for path in ("all", "en/all", "de/all", "both", "en/both", "", "de"):
        assert 'class="live-side"' in built.html(path)
    for path in ("original", "en/original", "de/original", "de/both"):
        assert 'class="live-side"' not in built.html(path)


def test_all_words_are_there_in_each_language() -> None:
    assert {"zh", "en"} <= READING_WORDS.keys()
    for language, words in READING_WORDS.items():
        assert words.language == language
        assert all(getattr(words, field.name) for field in fields(words))
        assert "中文" in words.hint.format("中文")
    assert reading_words("de") is READING_WORDS["en"]
