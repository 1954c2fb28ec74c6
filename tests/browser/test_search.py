"""The search of the real site in a real browser: what a reader finds, in each language, on a laptop and on a phone."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.conftest import Files, needs_chromium, opened, served, settled, until
from tests.browser.queries import CHINESE, ENGLISH, QUERIES
from tests.conftest import ROOT, Site

pytestmark = needs_chromium

WIDTHS = [390, 1280]
SHORT = "status/"
"""A page that loads quickly: the search is the same on all."""
INPUT, LINK = ".md-search__input", ".md-search-result__link"

# Material answers a query when a key goes up, and says in one go how much it has found and what. The answer to an empty
# query, which it asks by itself in the beginning, has to be there before the next, or it would be taken for that one's.
ASK = """async (query) => {
  const input = document.querySelector(".md-search__input");
  const meta = document.querySelector(".md-search-result__meta");
  const nothing = JSON.parse(document.querySelector("#__config").textContent).translations["search.result.placeholder"];
  const until = (isAnswer) => new Promise((resolve) => {
    new MutationObserver((_, watch) => isAnswer() && resolve(watch.disconnect())).observe(meta, { childList: true });
    if (isAnswer()) resolve();
  });
  const say = (text) => {
    input.value = text;
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  };
  if (input.value) say("");
  await until(() => meta.textContent === nothing);
  say(query);
  await until(() => meta.textContent !== nothing);
  return [...document.querySelectorAll(".md-search-result__link")].map((link) => ({
    href: link.href,
    seen: link.checkVisibility(),
    score: Number(link.firstElementChild.dataset.mdScore),
    text: link.innerText,
  }));
}"""


@contextmanager
def searching(browser: Browser, address: str, path: str, width: int, **context: object) -> Iterator[Page]:
    """A page whose search is open. What went wrong meanwhile, the test is told in the end."""
    page, trouble = opened(browser, address + path, width, "light", **context)
    if width < 600:
        page.locator(".md-header__button[for=__search]").click()
    page.locator(INPUT).focus()
    yield page
    assert trouble == []
    page.context.close()


def ask(page: Page, query: str) -> list[dict[str, object]]:
    """All links among the results of that query, in the order of the page."""
    found: list[dict[str, object]] = page.evaluate(ASK, query)
    return found


def place(link: dict[str, object]) -> str:
    """The address without the words to be marked: `locks/#self-deadlock`."""
    parts = urlsplit(str(link["href"]))
    return parts.path.lstrip("/") + (f"#{unquote(parts.fragment)}" if parts.fragment else "")


@cache
def ids(file: Path) -> frozenset[str]:
    return frozenset(re.findall(r'\bid="([^"]+)"', file.read_text(encoding="utf-8")))


@cache
def language(file: Path) -> str:
    return re.findall(r'<html lang="(\w+)"', file.read_text(encoding="utf-8"))[0]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("root", QUERIES)
def test_each_query_finds_its_section_among_the_first_three_and_nothing_in_the_other_language(
    browser: Browser, address: str, site: Site, root: str, width: int
) -> None:
    missed, foreign = {}, set()
    with searching(browser, address, root + SHORT, width) as page:
        for query, section in QUERIES[root].items():
            links = ask(page, query)
            first = [place(link) for link in links if link["seen"]][:3]
            if section not in first:
                missed[query] = (section, first)
            for target in map(place, links):
                path, _, anchor = target.partition("#")
                file = site.folder / path / "index.html"
                if language(file) != (root.strip("/") or "zh") or (anchor and anchor not in ids(file)):
                    foreign.add(target)
    assert missed == {}
    assert foreign == set()


def test_there_are_enough_queries() -> None:
    assert len(CHINESE) >= 40
    assert len(ENGLISH) >= 25


def in_pages(folder: str, text: str) -> bool:
    return any(text in file.read_text(encoding="utf-8") for file in (ROOT / "docs" / folder).glob("*.md"))


@pytest.mark.parametrize(
    ("query", "snippet", "link"),
    [
        ("sysconfig", "snippets/basics/one_thread_at_a_time.py", "#__span-basics-one_thread_at_a_time-"),
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
            first = [place(link) for link in ask(page, query) if link["seen"]][:3]
            assert any(found.startswith(root + link) for found in first), first
            page.locator(LINK, has_text=snippet).first.click()
            page.wait_for_url(f"**/{root}{link.replace('#', '?*#')}*")
            expect(page.locator(":target")).to_be_in_viewport()
            header, line = (page.locator(part).bounding_box() for part in (".md-header", ":target"))
            assert header and line and line["y"] >= header["height"], "it is not below the header"


@pytest.mark.parametrize(("root", "query"), [("", "死锁"), ("", "Lock"), ("", "join"), ("", "daemon"), ("en/", "lock")])
def test_text_ranks_above_programs_for_the_same_word(browser: Browser, address: str, root: str, query: str) -> None:
    with searching(browser, address, root + SHORT, 1280) as page:
        links = [link for link in ask(page, query) if link["score"]]  # none: the page of what was found
    programs = [link["score"] for link in links if "#__span-" in str(link["href"])]
    texts = [link["score"] for link in links if "#__span-" not in str(link["href"])]
    assert min(texts) > max(programs, default=0)
    assert programs or query == "死锁", "programs are in English"


def test_a_result_shows_each_word_once_and_the_lines_of_a_program_that_fit(browser: Browser, address: str) -> None:
    with searching(browser, address, SHORT, 1280) as page:
        links = ask(page, "全局解释器锁")
        (section,) = [link for link in links if place(link) == "#gil"]
        assert str(section["text"]).splitlines()[0].replace("\u200b", "") == "全局解释器锁"
        assert "解释器锁解释器锁" not in re.sub(r"[\u200b\s]", "", str(section["text"]))
        (row,) = [link for link in links if place(link) == "glossary/#interpreter"]
        assert "字节码 bytecode" not in str(row["text"]).replace("\u200b", ""), "only the row of the word"
        (program, *_) = [link for link in ask(page, "sysconfig") if "#__span-" in str(link["href"])]
        lines = [line for line in str(program["text"]).splitlines() if line.strip()]
        assert lines[0] == "snippets/basics/one_thread_at_a_time.py"
        assert len(lines) == 3 and all("sysconfig" in line for line in lines[1:])


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


@pytest.mark.parametrize("screen", [(390, "dark"), (390, "light"), (1280, "dark"), (1280, "light")])
@pytest.mark.parametrize(("root", "name"), [("", "查找"), ("en/", "Search")])
def test_the_dialog_has_a_name_and_its_results_can_be_read(
    browser: Browser, address: str, root: str, name: str, screen: tuple[int, str]
) -> None:
    page, _ = opened(browser, address + root + SHORT, *screen, reduced_motion="reduce")
    if screen[0] < 600:
        page.locator(".md-header__button[for=__search]").click()
    page.locator(INPUT).focus()
    ask(page, "Lock")
    expect(page.get_by_role("dialog", name=name, exact=True)).to_have_count(1)
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
    violations = Axe().run(page, context=".md-search").response["violations"]
    assert [(found["id"], found["nodes"]) for found in violations] == []
    page.context.close()


@pytest.mark.parametrize("root", QUERIES)
def test_the_first_search_loads_at_most_150_kb_compressed_none_of_it_before_and_then_works_offline(
    browser: Browser, address: str, site: Site, root: str
) -> None:
    answers: dict[str, Response] = {}
    page = browser.new_context(viewport={"width": 390, "height": 900}).new_page()
    page.on("response", lambda answer: answers.update({answer.url: answer}))
    page.goto(address + root + SHORT, wait_until="networkidle")
    settled(page)
    before = {urlsplit(answer.url).path for answer in list(answers.values()) if is_for_search(answer)}
    assert before == {"/assets/javascripts/workers/words.js", f"/{root}search/search_index.json"}
    page.locator(".md-header__button[for=__search]").click()
    assert ask(page, "RLock")
    # Reading a body lets in what has arrived meanwhile.
    arrived = [answer for answer in list(answers.values()) if is_for_search(answer)]
    loaded = {urlsplit(answer.url).path: answer.body() for answer in arrived}
    assert f"/{root}search/index.json" in loaded
    assert sum(path.endswith("/index.json") for path in loaded) == 1, "one language's index and no other"
    assert any("/workers/search." in path for path in loaded)
    assert sum(len(gzip.compress(body, 9)) for body in loaded.values()) <= 150_000
    page.context.set_offline(True)
    assert ask(page, "daemon")
    page.context.close()


TYPES_ON = """(link) => {
  const input = document.querySelector(".md-search__input");
  input.value = input.value === "RLoc" ? "RLock" : "RLoc";
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  return document.querySelector(link) !== null;
}"""
"""Whether something is found by now; until it is, the last letter is typed and taken back."""


class LosesTheFirst(Files):
    """A host that fails once, when it is asked for an index."""

    lost: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        if self.path == "/search/index.json" and not self.lost:
            self.lost.append(self.path)
            self.send_error(503)
        else:
            super().do_GET()


def test_a_search_that_could_not_load_goes_on_with_a_later_letter(browser: Browser, site: Site) -> None:
    with served(site.folder, LosesTheFirst) as address:
        page = browser.new_context().new_page()
        page.goto(address + SHORT, wait_until="networkidle")
        settled(page)
        until(page, TYPES_ON, arg=LINK)
        assert place(ask(page, "RLock")[1]) == "locks/#owner-and-count"
        page.context.close()
    assert LosesTheFirst.lost == ["/search/index.json"]


def is_for_search(answer: Response) -> bool:
    """What the page itself asks for is in its HTML; the rest, the search asks for, but for the sitemaps."""
    page = answer.frame.page
    named = page.evaluate("[...document.querySelectorAll('[src],link[href]')].map((one) => one.src || one.href)")
    return answer.ok and answer.url not in {*named, page.url} and not answer.url.endswith(".map")
