"""The search of the real site in a real browser: what a reader finds, in each language, on a laptop and on a phone."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import needs_chromium, opened, settled, until
from tests.browser.queries import CHINESE, ENGLISH, QUERIES
from tests.browser.searching import (
    IN_A_PROGRAM,
    INPUT,
    LINK,
    ONLY_IN_A_PROGRAM,
    SHORT,
    ask,
    completed,
    place,
    searching,
    without_programs,
)
from tests.conftest import ROOT, Site

pytestmark = needs_chromium


@cache
def ids(file: Path) -> frozenset[str]:
    return frozenset(re.findall(r'\bid="([^"]+)"', file.read_text(encoding="utf-8")))


@cache
def language(file: Path) -> str:
    return re.findall(r'<html lang="(\w+)"', file.read_text(encoding="utf-8"))[0]


@pytest.mark.parametrize(("root", "width"), list(zip(QUERIES, [390, 1280], strict=True)))
def test_each_query_finds_its_section_in_front_before_and_after_programs_and_nothing_in_the_other_language(
    browser: Browser, site: Site, root: str, width: int
) -> None:
    with (
        without_programs(site) as (address, give_them),
        searching(browser, address, root + SHORT, width, whole=False) as page,
    ):
        at_first = {query: ask(page, query) for query in QUERIES[root]}
        assert page.locator(IN_A_PROGRAM).count() == 0
        give_them()
        completed(page)
        found = {query: ask(page, query) for query in QUERIES[root]}
    # How telling a word is, also depends on how many programs have it.
    assert missed(at_first, root, among=5) == {}
    assert missed(found, root) == {}
    foreign, programs = set(), 0
    for target in (place(link) for links in (*at_first.values(), *found.values()) for link in links):
        path, _, anchor = target.partition("#")
        file = site.folder / path / "index.html"
        programs += anchor.startswith("__span-")
        if language(file) != (root.strip("/") or "zh") or (anchor and anchor not in ids(file)):
            foreign.add(target)
    assert foreign == set()
    assert programs > 100


def missed(found: dict[str, list[dict[str, object]]], root: str, among: int = 3) -> dict[str, list[str]]:
    """By query whose section is not among so many links, these."""
    first = {query: [place(link) for link in links if link["seen"]][:among] for query, links in found.items()}
    return {query: links for query, links in first.items() if QUERIES[root][query] not in links}


def test_there_are_enough_queries() -> None:
    assert len(CHINESE) >= 40
    assert len(ENGLISH) >= 25


def in_pages(folder: str, text: str) -> bool:
    return any(text in file.read_text(encoding="utf-8") for file in (ROOT / "docs" / folder).glob("*.md"))


@pytest.mark.parametrize(
    ("query", "snippet", "link"),
    [
        (ONLY_IN_A_PROGRAM, "snippets/locks/switch_points.py", "locks/#__span-locks-switch_points-"),
        ("freeze_support", "snippets/processes/no_guard.py", "multiprocessing/#__span-processes-no_guard-"),
    ],
    ids=["program", "output"],
)
def test_what_is_only_in_a_program_or_in_its_output_is_found_and_followed_to_the_code(
    browser: Browser, address: str, query: str, snippet: str, link: str
) -> None:
    printed = query not in (ROOT / snippet).read_text(encoding="utf-8")
    assert printed == (query == "freeze_support")
    for root in QUERIES:
        assert not in_pages(root or "zh/", query)
        with searching(browser, address, root + SHORT, 1280) as page:
            first = [place(link) for link in ask(page, query) if link["seen"]][:4]
            assert any(found.startswith(root + link) for found in first), first
            page.locator(LINK, has_text=snippet).first.click()
            page.wait_for_url(f"**/{root}{link.replace('#', '?*#')}*")
            expect(page.locator(":target")).to_be_in_viewport()
            header, line = (page.locator(part).bounding_box() for part in (".md-header", ":target"))
            assert header and line and line["y"] >= header["height"], "it is not below the header"


@pytest.mark.parametrize(("root", "queries"), [("", ["死锁", "Lock", "join", "daemon"]), ("en/", ["lock"])])
def test_text_ranks_above_programs_for_the_same_word(
    browser: Browser, address: str, root: str, queries: list[str]
) -> None:
    with searching(browser, address, root + SHORT, 1280) as page:
        for query in queries:
            links = [link for link in ask(page, query) if link["score"]]  # none: the page of what was found
            programs = [link["score"] for link in links if "#__span-" in str(link["href"])]
            texts = [link["score"] for link in links if "#__span-" not in str(link["href"])]
            assert min(texts) > max(programs, default=0), query
            assert programs or query == "死锁", "programs are in English"


def test_a_result_shows_each_word_once_and_the_lines_of_a_program_that_fit(browser: Browser, address: str) -> None:
    with searching(browser, address, SHORT, 1280) as page:
        links = ask(page, "全局解释器锁")
        (section,) = [link for link in links if place(link) == "#gil"]
        assert str(section["text"]).splitlines()[0].replace("\u200b", "") == "全局解释器锁"
        assert "解释器锁解释器锁" not in re.sub(r"[\u200b\s]", "", str(section["text"]))
        (row,) = [link for link in links if place(link) == "glossary/#interpreter"]
        assert "字节码 bytecode" not in str(row["text"]).replace("\u200b", ""), "only the row of the word"
        (program, *_) = [link for link in ask(page, ONLY_IN_A_PROGRAM) if "#__span-" in str(link["href"])]
        lines = [line for line in str(program["text"]).splitlines() if line.strip()]
        assert lines[0] == "snippets/locks/switch_points.py"
        assert len(lines) == 3 and all(ONLY_IN_A_PROGRAM in line for line in lines[1:])


def test_a_search_needs_no_mouse(browser: Browser, address: str) -> None:
    page, trouble = opened(browser, address + SHORT, 1280, "light")
    is_open = page.locator("#__search")
    for key in ("/", "s", "f"):
        page.keyboard.press(key)
        expect(is_open).to_be_checked()
        page.keyboard.press("Escape")
        expect(is_open).not_to_be_checked()
        page.reload(wait_until="networkidle")
        settled(page)
    page.keyboard.press("/")
    expect(is_open).to_be_checked()
    page.keyboard.type("RLock")
    expect(page.locator(LINK).nth(1)).to_have_attribute("href", re.compile("#owner-and-count$"))  # not that of `RLoc`
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.locator(LINK).nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/locks/*#owner-and-count")
    expect(page.locator("#owner-and-count")).to_be_in_viewport()
    assert trouble == []
    page.context.close()


@pytest.mark.parametrize("root", QUERIES)
def test_a_phone_finds_by_touch_and_nothing_sticks_out(browser: Browser, address: str, root: str) -> None:
    with searching(browser, address, root + SHORT, 390, has_touch=True, is_mobile=True) as page:
        ask(page, "RLock")
        # What darkens the page behind grows from a corner, and is too wide only as long as it does.
        until(page, "document.scrollingElement.scrollWidth === document.scrollingElement.clientWidth")
        boxes = [link.bounding_box() for link in page.locator(LINK).all() if link.is_visible()]
        assert boxes and all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
        page.locator(LINK).nth(1).tap()
        page.wait_for_url(f"**/{root}locks/*#owner-and-count")
        expect(page.locator(LINK).first).to_be_hidden()
        expect(page.locator("#owner-and-count")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("root", "name", "screen"),
    [
        ("", "查找", (390, "dark")),
        ("", "查找", (1280, "light")),
        ("en/", "Search", (390, "light")),
        ("en/", "Search", (1280, "dark")),
    ],
)
def test_the_dialog_has_a_name_and_its_results_can_be_read(
    browser: Browser, address: str, root: str, name: str, screen: tuple[int, str]
) -> None:
    page, _ = opened(browser, address + root + SHORT, *screen, reduced_motion="reduce")
    if screen[0] < 600:
        page.locator(".md-header__button[for=__search]").click()
    page.locator(INPUT).focus()
    completed(page)
    ask(page, "Lock")
    expect(page.get_by_role("dialog", name=name, exact=True)).to_have_count(1)
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
    violations = Axe().run(page, context=".md-search").response["violations"]
    assert [(found["id"], found["nodes"]) for found in violations] == []
    page.context.close()
