"""The search of the real site in a real browser: what a reader finds, in each language, on a laptop and on a phone."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.conftest import PATIENCE, Files, needs_chromium, new_page, opened, served, settled, until
from tests.browser.queries import CHINESE, ENGLISH, QUERIES
from tests.conftest import ROOT, Site

pytestmark = needs_chromium

WIDTHS = [390, 1280]
SHORT = "status/"
"""A page that loads quickly: the search is the same on all."""
INPUT, LINK, META = ".md-search__input", ".md-search-result__link", ".md-search-result__meta"
IN_A_PROGRAM = f"{LINK}[href*='#__span-']"
ONLY_IN_A_PROGRAM = "opname"
"""A word that no text has."""
FIRST_ANSWER = 150_000
"""Bytes, compressed, that may be loaded before it."""
ROOM = 0.2
"""For so much prose more, as a part of what there is: whoever uses it up is told in time."""

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
def searching(
    browser: Browser, address: str, path: str, width: int, *, whole: bool = True, **context: object
) -> Iterator[Page]:
    """A page whose search is open. What went wrong meanwhile, the test is told in the end.

    Args:
        browser: Opens the page.
        address: Of the site.
        path: Of the page.
        width: Of the window.
        whole: Whether the search is to have the programs already.
        context: For the browser.
    """
    page, trouble = opened(browser, address + path, width, "light", **context)
    if width < 600:
        page.locator(".md-header__button[for=__search]").click()
    page.locator(INPUT).focus()
    if whole:
        completed(page)
    yield page
    assert trouble == []
    page.context.close()


def ask(page: Page, query: str) -> list[dict[str, object]]:
    """All links among the results of that query, in the order of the page: those of the first answer to it."""
    found: list[dict[str, object]] = page.evaluate(ASK, query)
    return found


def completed(page: Page) -> None:
    """Wait until the search looks through programs as well: of what only they have, it says nothing before."""
    assert any("#__span-" in place(link) for link in ask(page, ONLY_IN_A_PROGRAM))


@contextmanager
def without_programs(site: Site) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a host that does not answer who asks for the programs until it may."""
    may = threading.Event()

    class Waits(Files):
        def do_GET(self) -> None:
            if self.path == "/search/programs.json":
                may.wait()
            super().do_GET()

    with served(site.folder, Waits) as address:
        try:
            yield address, may.set
        finally:
            may.set()


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


@pytest.mark.parametrize(("root", "width"), list(zip(QUERIES, WIDTHS, strict=True)))
def test_each_query_finds_its_section_among_the_first_three_and_nothing_in_the_other_language(
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
