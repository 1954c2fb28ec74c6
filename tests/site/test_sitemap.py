"""The lists of pages for search engines."""

from __future__ import annotations

from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from live.site.languages import Languages, Twins
from live.site.sitemap import sitemaps
from tests.conftest import BELOW, Site
from tests.project import Built
from tests.site.pages import pages
from tests.site.test_head import LOCAL, language_of

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def listed(folder: Path, address: str) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """By language, each page of a built site and its alternates, as the index leads to them."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    index = ElementTree.parse(folder / "sitemap.xml").getroot()
    assert index.tag == f"{{{NAMES['s']}}}sitemapindex"
    for place in index.findall("s:sitemap/s:loc", NAMES):
        path = (place.text or "").removeprefix(address)
        urls = ElementTree.parse(folder / path).getroot().findall("s:url", NAMES)
        assert urls, "a list without any page is none"
        found[path.removeprefix("sitemap-").removesuffix(".xml")] = {
            url.findtext("s:loc", "", NAMES): [
                (link.get("hreflang", ""), link.get("href", ""))
                for link in url.findall("x:link[@rel='alternate']", NAMES)
            ]
            for url in urls
        }
    return found


@pytest.mark.parametrize(("name", "address"), [("site", LOCAL), ("trilingual", BELOW)])
def test_each_language_lists_all_its_pages_and_what_they_say_of_their_twins(
    request: pytest.FixtureRequest, name: str, address: str
) -> None:
    site: Built = request.getfixturevalue(name)
    translated = {address + url: page for url, page in pages(site.folder) if not page.meta("robots")}
    found = listed(site.folder, address)
    assert {url for urls in found.values() for url in urls} == translated.keys()
    for language, urls in found.items():
        for url, alternates in urls.items():
            assert language_of(url.removeprefix(address)) == language
            assert alternates == translated[url].alternates


def test_a_page_that_nobody_has_translated_is_on_no_list(trilingual: Built) -> None:
    found = listed(trilingual.folder, BELOW)
    assert [*found["fr"]] == [f"{BELOW}fr/"]
    assert "fr" not in dict(found["zh"][f"{BELOW}locks/"])


def test_crawlers_are_told_of_the_lists_where_they_ask(site: Site, trilingual: Built) -> None:
    robots = RobotFileParser()
    robots.parse((site.folder / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.site_maps() == [f"{LOCAL}sitemap.xml"]
    assert robots.can_fetch("anybody", f"{LOCAL}locks/")
    assert not (trilingual.folder / "robots.txt").exists(), "they ask at the root of the host only"


def test_a_language_without_any_page_has_no_list_and_addresses_are_escaped() -> None:
    languages = Languages(("zh", "en"), "zh")
    files = sitemaps(
        "https://example.org/", {"zh": [Twins({"zh": "https://example.org/?a=1&b=2"}, languages)], "en": []}
    )
    assert {*files} == {"sitemap.xml", "sitemap-zh.xml", "robots.txt"}
    root = ElementTree.fromstring(files["sitemap-zh.xml"])
    assert root.findtext("s:url/s:loc", "", NAMES) == "https://example.org/?a=1&b=2"
    assert "sitemap-en.xml" not in files["sitemap.xml"]
