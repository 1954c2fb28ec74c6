"""What the search of the real site loads and when, and what it says as long as it has not all."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.browser.conftest import PATIENCE, Files, needs_chromium, new_page, served, settled, until
from tests.browser.queries import QUERIES
from tests.browser.searching import (
    IN_A_PROGRAM,
    INPUT,
    LINK,
    META,
    ONLY_IN_A_PROGRAM,
    SHORT,
    ask,
    completed,
    place,
    searching,
    without_programs,
)
from tests.conftest import Site

pytestmark = needs_chromium

FIRST_ANSWER = 150_000
"""Bytes, compressed, that may be loaded before it."""
ROOM = 0.2
"""For so much prose more, as a part of what there is: whoever uses it up is told in time."""


@pytest.mark.parametrize("root", QUERIES)
def test_the_first_answer_loads_at_most_150_kb_compressed_with_room_for_more_prose_and_none_of_it_before(
    browser: Browser, site: Site, root: str
) -> None:
    answers: dict[str, Response] = {}
    with without_programs(site) as (address, give_them):
        page = new_page(browser, viewport={"width": 390, "height": 900})
        page.on("response", lambda answer: answers.update({answer.url: answer}))
        page.goto(address + root + SHORT, wait_until="networkidle")
        settled(page)
        for _ in range(PATIENCE // 50):  # a slow machine has not begun with it when the network is idle
            before = {urlsplit(answer.url).path for answer in list(answers.values()) if is_for_search(answer)}
            if len(before) > 1:
                break
            page.wait_for_timeout(50)
        assert before == {"/assets/javascripts/workers/words.js", f"/{root}search/search_index.json"}
        page.locator(".md-header__button[for=__search]").click()
        assert ask(page, "RLock")
        # Reading a body lets in what has arrived meanwhile.
        arrived = [answer for answer in list(answers.values()) if is_for_search(answer)]
        loaded = {urlsplit(answer.url).path: len(gzip.compress(answer.body(), 9)) for answer in arrived}
        give_them()
        completed(page)
        page.context.close()
    assert f"/{root}search/index.json" in loaded
    assert sum(path.endswith("/index.json") for path in loaded) == 1, "one language's index and no other"
    assert any("/workers/search." in path for path in loaded)
    now, prose = sum(loaded.values()), loaded[f"/{root}search/index.json"]
    room = (FIRST_ANSWER - now) / prose
    print(f"{now} bytes before the first answer, {prose} of them prose; there is room for {room:.0%} as much again")
    assert room >= ROOM, loaded


@pytest.mark.parametrize("root", QUERIES)
def test_programs_are_loaded_once_after_the_first_answer_and_then_all_works_offline(
    browser: Browser, site: Site, root: str
) -> None:
    asked: list[str] = []
    with (
        without_programs(site) as (address, give_them),
        searching(browser, address, root + SHORT, 1280, whole=False) as page,
    ):
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        first = ask(page, "RLock")
        assert ask(page, "daemon"), "who types on meanwhile is answered too"
        assert page.locator(IN_A_PROGRAM).count() == 0
        give_them()
        expect(page.locator(IN_A_PROGRAM).first).to_be_attached()
        assert page.locator(INPUT).input_value() == "daemon"
        for link in page.locator(IN_A_PROGRAM).all():
            expect(link).to_contain_text("daemon", ignore_case=True)
        assert asked.index(f"/{root}search/index.json") < asked.index("/search/programs.json")
        page.context.set_offline(True)
        texts = [place(link) for link in ask(page, "RLock") if "#__span-" not in place(link)]
        assert texts[:2] == [place(link) for link in first][:2]
        assert page.locator(IN_A_PROGRAM).count() > 0
    assert asked.count("/search/programs.json") == 1, "the same for each language"


SAYINGS = f"""() => {{
  const meta = document.querySelector("{META}");
  window.said = [];
  new MutationObserver(() => said.push(meta.textContent)).observe(meta, {{ childList: true }});
}}"""


NOTHING = {"": "没有找到符合条件的结果", "en/": "No matching documents"}


def test_that_nothing_is_found_is_said_only_after_looking_through_programs(browser: Browser, site: Site) -> None:
    with without_programs(site) as (address, give_them), searching(browser, address, SHORT, 1280, whole=False) as page:
        assert ask(page, "RLock")
        page.evaluate(SAYINGS)
        page.locator(INPUT).fill(ONLY_IN_A_PROGRAM)
        page.locator(INPUT).press("End")  # Material looks when a key goes up
        give_them()
        expect(page.locator(IN_A_PROGRAM).first).to_be_attached()
        assert NOTHING[""] not in page.evaluate("said")
        assert ask(page, "nosuchword") == []
        expect(page.locator(META)).to_have_text(NOTHING[""])


def test_who_goes_through_results_while_programs_are_loading_stays_there(browser: Browser, site: Site) -> None:
    with without_programs(site) as (address, give_them), searching(browser, address, SHORT, 1280, whole=False) as page:
        page.locator(INPUT).fill("RLock")
        page.keyboard.press("End")
        more = page.locator(".md-search-result__more")
        summary = more.first.locator("summary")
        while not summary.evaluate("(summary) => summary === document.activeElement"):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        result = more.first.locator("a").first
        expect(result).to_be_focused()
        before = result.get_attribute("href")
        give_them()
        expect(page.locator(IN_A_PROGRAM).first).to_be_attached()
        focused = page.locator(f"{LINK}:focus")
        expect(focused).to_have_attribute("href", str(before))
        expect(focused).to_be_visible()


TYPES_ON = """(link) => {
  const input = document.querySelector(".md-search__input");
  input.value = input.value === "RLoc" ? "RLock" : "RLoc";
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  return document.querySelector(link) !== null;
}"""
"""Whether something is found by now; until it is, the last letter is typed and taken back."""


@contextmanager
def losing_the_first(site: Site, path: str) -> Iterator[str]:
    """The address of a host that fails once, when it is asked for that."""
    lost: list[str] = []

    class Loses(Files):
        def do_GET(self) -> None:
            if self.path == path and not lost:
                lost.append(path)
                self.send_error(503)
            else:
                super().do_GET()

    with served(site.folder, Loses) as address:
        yield address
    assert lost == [path]


def test_a_search_that_could_not_load_goes_on_with_a_later_letter(browser: Browser, site: Site) -> None:
    with losing_the_first(site, "/search/index.json") as address:
        page = new_page(browser)
        page.goto(address + SHORT, wait_until="networkidle")
        settled(page)
        until(page, TYPES_ON, arg=LINK)
        assert place(ask(page, "RLock")[1]) == "locks/#owner-and-count"
        page.context.close()


@pytest.mark.parametrize("root", QUERIES)
def test_programs_that_could_not_load_do_no_harm_and_are_asked_for_again_with_a_later_letter(
    browser: Browser, site: Site, root: str
) -> None:
    with losing_the_first(site, "/search/programs.json") as address:
        page = new_page(browser)
        page.goto(address + root + SHORT, wait_until="networkidle")
        settled(page)
        with page.expect_response("**/programs.json"):
            assert place(ask(page, "RLock")[1]) == f"{root}locks/#owner-and-count"
        page.evaluate(SAYINGS)
        until(page, TYPES_ON, arg=IN_A_PROGRAM)
        assert NOTHING[root] not in page.evaluate("said")
        assert place(ask(page, "RLock")[1]) == f"{root}locks/#owner-and-count"
        page.context.close()


def test_without_programs_a_word_that_only_they_have_is_not_found_until_a_later_letter(
    browser: Browser, site: Site
) -> None:
    with losing_the_first(site, "/search/programs.json") as address:
        page = new_page(browser)
        page.goto(address + SHORT, wait_until="networkidle")
        settled(page)
        assert ask(page, ONLY_IN_A_PROGRAM) == []
        completed(page)
        page.context.close()


def is_for_search(answer: Response) -> bool:
    """What the page itself asks for is in its HTML; the rest, the search asks for, but for the sitemaps."""
    page = answer.frame.page
    named = page.evaluate("[...document.querySelectorAll('[src],link[href]')].map((one) => one.src || one.href)")
    return answer.ok and answer.url not in {*named, page.url} and not answer.url.endswith(".map")
