"""What pages say of themselves to search engines and to those who share them, and in which language their text is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import pytest

from live.site.languages import with_territory
from tests.conftest import BELOW, Site, like_the_real_one
from tests.engine.test_card import size
from tests.project import Built
from tests.site.pages import Parsed, pages, parsed

LOCAL = "http://127.0.0.1:8000/"
"""Where mkdocs.yml says that the site is, unless SITE_URL says otherwise."""
HAN = re.compile(r"[\u3400-\u9fff]")
LENGTHS = {"zh": (20, 100), "en": (60, 200), "fr": (60, 200)}
"""Characters of a description: enough to say something, and no more than a search engine shows."""


@pytest.fixture(params=["root", "below"])
def published(request: pytest.FixtureRequest) -> tuple[Built, str]:
    """A built site and its address: the real one, and a small one in three languages below the root of its host."""
    if request.param == "root":
        return request.getfixturevalue("site"), LOCAL
    return request.getfixturevalue("trilingual"), BELOW


def language_of(url: str) -> str:
    return url[:2] if url[:3] in ("en/", "fr/") else "zh"


def is_translated(page: Parsed) -> bool:
    return page.meta("robots") == []


def test_each_page_says_where_it_is_and_in_which_language(published: tuple[Built, str]) -> None:
    site, address = published
    found = dict(pages(site.folder))
    assert {"", "locks/", "en/", "en/locks/"} <= found.keys()
    for url, page in found.items():
        assert page.link("canonical") == page.meta("og:url") == [address + url]
        assert page.lang == language_of(url), url
        assert page.meta("generator") == []


def test_translations_name_each_other_by_their_whole_addresses(published: tuple[Built, str]) -> None:
    site, address = published
    found = dict(pages(site.folder))
    for url, page in found.items():
        if not is_translated(page):
            continue
        named = dict(page.alternates)
        assert len(named) == len(page.alternates)
        assert named.pop("x-default") == named["zh"], "the originals are for whoever reads none of the languages"
        assert named[language_of(url)] == address + url
        assert "en" in named
        for language, twin in named.items():
            there = found[twin.removeprefix(address)]
            assert there.lang == language
            assert is_translated(there)
            assert there.alternates == page.alternates, "each names all, in the same order"


def test_titles_and_descriptions_are_of_this_page_alone_and_in_its_language(published: tuple[Built, str]) -> None:
    site, _ = published
    translated = {url: page for url, page in pages(site.folder) if is_translated(page)}
    for url, page in translated.items():
        language = language_of(url)
        (text,) = page.meta("description")
        assert LENGTHS[language][0] <= len(text) <= LENGTHS[language][1], (url, text)
        assert bool(HAN.search(text)) == (language == "zh"), (url, text)
    titles = Counter((page.lang, page.title) for page in translated.values())
    descriptions = Counter(page.meta("description")[0] for page in translated.values())
    assert {*titles.values(), *descriptions.values()} == {1}


def test_a_shared_page_is_shown_with_title_description_and_picture(published: tuple[Built, str]) -> None:
    site, address = published
    for url, page in pages(site.folder):
        said = {
            name: page.meta(f"og:{name}") for name in ("title", "site_name", "image", "image:alt", "type", "locale")
        }
        assert all(len(values) == 1 and values[0] for values in said.values()), (url, said)
        assert page.meta("og:description") == page.meta("description")
        assert page.title in (f"{said['title'][0]} - {said['site_name'][0]}", said["site_name"][0])
        assert said["type"] == ["website" if len(url) < 4 else "article"]
        assert page.meta("twitter:card") == ["summary_large_image"]
        picture = site.folder / said["image"][0].removeprefix(address)
        assert said["image"][0].startswith(address)
        assert [page.meta("og:image:width"), page.meta("og:image:height")] == [
            [str(n)] for n in size(picture.read_bytes())
        ]
        others = {code for code, _ in page.alternates} - {language_of(url), "x-default"}
        assert page.meta("og:locale:alternate") == [
            with_territory(code) for code in ("zh", "en", "fr") if code in others
        ]


def test_a_page_that_plays_a_program_has_a_picture_of_its_own_which_its_twins_share(site: Site) -> None:
    found = dict(pages(site.folder))
    plays = {url for url in found if 'class="live-replay"' in site.html(url)}
    (of_the_site,) = found["glossary/"].meta("og:image")
    assert found[""].meta("og:image") == [of_the_site]
    pictures = {}
    for url in plays - {"", "en/"}:
        (pictures[url],) = found[url].meta("og:image")
        program = re.search(r'data-title="snippets/[\w/]*?(\w+\.py)"', site.html(url))
        assert program and program[1] in found[url].meta("og:image:alt")[0]
    chinese = {url: address for url, address in pictures.items() if not url.startswith("en/")}
    assert pictures == chinese | {f"en/{url}": address for url, address in chinese.items()}
    assert len({*chinese.values(), of_the_site}) == len(chinese) + 1
    contents = {(site.folder / address.removeprefix(LOCAL)).read_bytes() for address in chinese.values()}
    assert len(contents) == len(chinese) >= 7


def test_the_icon_is_there(published: tuple[Built, str]) -> None:
    site, address = published
    for url, page in pages(site.folder):
        (icon,) = page.link("icon")
        file = site.folder / urljoin(address + url, icon).removeprefix(address)
        assert "<svg" in file.read_text(encoding="utf-8")


def test_a_page_that_nobody_has_translated_says_so_to_machines(trilingual: Built) -> None:
    page = parsed(trilingual.folder / "fr/locks/index.html")
    assert page.lang == "fr"
    assert page.meta("robots") == ["noindex"]
    assert page.alternates == []
    assert next(values["lang"] for tag, values in page.elements if tag == "article") == "zh"
    assert {language for language, _, around in page.texts if "title" in around and "svg" not in around} == {"zh"}
    assert {meta["lang"] for meta in page.metas if meta.get("name") == "description"} == {"zh"}
    assert "输出" in {text for language, text, _ in page.texts if language == "zh"}, "the words around the program too"
    assert not [text for language, text, _ in page.texts if language == "fr" and HAN.search(text)]


def test_chinese_words_on_other_pages_are_called_chinese(published: tuple[Built, str]) -> None:
    site, _ = published
    seen = Counter[str]()
    for url, page in pages(site.folder):
        for language, text, around in page.texts:
            if HAN.search(text) and not {"script", "style", "title", "pre", "code"} & {*around}:
                assert language == "zh", (url, text)
                seen[language_of(url)] += 1
    assert seen["en"] > 1


def test_english_words_on_chinese_pages_are_called_english(site: Site) -> None:
    glossary = [
        (language, text)
        for language, text, around in parsed(site.folder / "glossary/index.html").texts
        if "td" in around
    ]
    assert ("en", "deadlock") in glossary
    assert ("zh", "死锁") in glossary
    assert len([text for language, text in glossary if language == "en"]) >= 60
    other = [
        (language, text)
        for language, text, around in parsed(site.folder / "en/glossary/index.html").texts
        if "td" in around
    ]
    assert ("zh", "死锁") in other
    assert ("en", "deadlock") in other
    chapter = parsed(site.folder / "locks/index.html").texts
    assert ("en", "race condition") in {(language, text) for language, text, _ in chapter}


def test_a_page_without_a_description_fails_a_strict_build_by_name(tmp_path: Path) -> None:
    project = like_the_real_one(tmp_path / "project")
    project.page("en/locks.md", "# Locks\n")
    built = project.build("--strict", environment={"LIVE_RUN": "false"})
    assert built.returncode == 1
    assert re.findall(r"WARNING.*?(\S+\.md) has no description", built.output) == ["en/locks.md"]


def test_a_site_that_does_not_know_its_address_claims_none(tmp_path: Path) -> None:
    built = like_the_real_one(tmp_path / "project").build("--strict", environment={"SITE_URL": "", "LIVE_RUN": "false"})
    assert built.returncode == 0, built.output
    for url, page in pages(built.folder):
        assert page.link("canonical") == page.alternates == page.meta("og:url") == page.meta("og:image") == [], url
        assert page.meta("description")
    assert not [*built.folder.glob("sitemap*"), *built.folder.glob("robots.txt")]
    assert (built.folder / "fr/404.html").is_file()


def test_without_running_the_site_has_its_picture_all_the_same(tmp_path: Path) -> None:
    project = like_the_real_one(tmp_path / "project")
    built = project.build("--strict", environment={"SITE_URL": BELOW, "LIVE_RUN": "false"})
    assert built.returncode == 0, built.output
    assert {page.meta("og:image")[0] for _, page in pages(built.folder)} == {f"{BELOW}assets/card.png"}
    assert size((built.folder / "assets/card.png").read_bytes()) == (1200, 630)
