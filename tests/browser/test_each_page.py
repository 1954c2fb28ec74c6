"""What holds of every page of the site, in both languages. Each page is opened once, and its tests share it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from live.pages.scan import uses
from live.rendering.timeline_labels import NARROW, PHONE, WHOLE, WIDE
from tests.browser.conftest import OVERFLOWING, PATIENCE, needs_chromium, opened, until
from tests.browser.languages import (
    BLOCKS,
    LANGUAGES,
    NAMES,
    PAIRS,
    REPEATED_IDS,
    button,
    other,
    path_of,
    side_by_side,
)
from tests.conftest import ROOT, Site

pytestmark = needs_chromium

EXPLAINED = {
    name
    for name in NAMES
    if any(use.explained for use in uses((ROOT / f"docs/zh/{name}.md").read_text(encoding="utf-8"), ""))
}
"""Pages that explain lines of their programs: the chapters."""
SCREENS = [(390, "dark"), (1280, "light")]
"""Chinese pages are opened on the first and then shown on the second, English ones the other way round."""
SCHEMES = {"light": "default", "dark": "slate"}
"""What Material calls them."""

OVERLAPPING = """() => {
  const found = [];
  for (const parent of document.querySelectorAll(".md-content__inner, .live-program, .live-run")) {
    const boxes = [...parent.children]
      .filter((child) => getComputedStyle(child).float === "none" && getComputedStyle(child).position === "static")
      .map((child) => [child, child.getBoundingClientRect()])
      .filter(([, box]) => box.height > 0);
    for (let index = 1; index < boxes.length; index++) {
      if (boxes[index][1].top < boxes[index - 1][1].bottom - 1) found.push(boxes[index][0].outerHTML.slice(0, 80));
    }
  }
  return found;
}"""

CUT_NAMES = """() => [...document.querySelectorAll(".md-typeset td:first-child > code")]
  .filter((name) => !name.textContent.includes(" ") && name.getClientRects().length > 1)
  .map((name) => name.textContent)"""
"""Names at the start of a table's row that are broken within."""

CUT_WORDS = """() => {
  const range = document.createRange();
  const texts = document.createTreeWalker(document.querySelector("h1"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[A-Za-z]+/g)) {
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) found.push(word[0]);
    }
  }
  return found;
}"""
"""Words of the title of which a part is on another line."""

STANDS_STILL = """document.querySelector(".md-header").getAnimations({ subtree: true })
  .every((one) => one.playState !== "running")"""

WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    const moved = sources.map(({ node }) => node?.nodeType === 1 ? node.outerHTML.slice(0, 80) : node?.textContent);
    if (!hadRecentInput) window.shifts.push([value, ...moved]);
  }
}).observe({ type: "layout-shift", buffered: true });"""
"""Keeps what moves without the reader's doing, as browsers count it."""

NOT_SEEN = 0.001
"""Less than Lighthouse shows; of what is good, browsers allow up to 0.1 (https://web.dev/articles/cls)."""

HEIGHTS = """() => {
  const boxes = [...document.querySelectorAll(".live-program .highlight, .live-output, .live-timeline")];
  const laidOut = (box) => box.firstElementChild.checkVisibility({ contentVisibilityAuto: true });
  const skipped = boxes.filter((box) => !box.closest("details:not([open])") && !laidOut(box));
  const height = () => document.scrollingElement.scrollHeight;
  const known = height();
  for (const box of boxes) box.style.contentVisibility = "visible";
  const real = height();
  for (const box of boxes) box.style.contentVisibility = "";
  return [skipped.length, known, real];
}"""
"""How many boxes are not laid out yet, how high the page seems, and how high it is."""

TOO_NARROW = """([narrow, wide]) => {
  const folded = [...document.querySelectorAll("article details:not([open])")];
  for (const box of folded) box.open = true;
  const found = [...document.querySelectorAll(".live-timeline")]
    .map((picture) => [picture.clientWidth < 600 ? narrow : wide, picture.querySelector(".live-timeline-body")])
    .filter(([least, body]) => body.getClientRects().length && body.getBoundingClientRect().width < least)
    .map(([least, body]) => `${body.getBoundingClientRect().width} of ${least}: ${body.textContent.slice(0, 40)}`);
  for (const box of folded) box.open = false;
  return found;
}"""
"""Timelines with less room than their texts were placed for, also in what is folded."""

BLOCKS_OF_THE_TWIN = f"""async (address) => {{
  const answer = await fetch(address, {{ signal: AbortSignal.timeout({PATIENCE}) }});
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return ({BLOCKS})(page);
}}"""


@dataclass(frozen=True)
class Visit:
    """A page that was opened, and what came with it."""

    name: str
    language: str
    page: Page
    trouble: list[str]
    asked: set[str]
    """All addresses that were asked for, so far."""
    answers: dict[str, Response]
    at_first: frozenset[str]
    """Those of a visit on which the reader did nothing."""

    @property
    def screens(self) -> list[tuple[int, str]]:
        """Width and scheme, those that it was opened on first."""
        return SCREENS if self.language == LANGUAGES[0] else SCREENS[::-1]


@pytest.fixture(scope="class", params=[(name, language) for name in NAMES for language in LANGUAGES], ids="-".join)
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    name, language = request.param
    asked: set[str] = set()
    answers: dict[str, Response] = {}

    def watch(page: Page) -> None:
        page.add_init_script(WATCH_SHIFTS)
        page.on("request", lambda request: asked.add(request.url))
        page.on("response", lambda answer: answers.update({answer.url: answer}))

    width, scheme = SCREENS[LANGUAGES.index(language)]
    page, trouble = opened(browser, address + path_of(name, language), width, scheme, before=watch)
    yield Visit(name, language, page, trouble, asked, answers, frozenset(asked))
    assert trouble == []
    assert page.context.cookies() == []
    page.context.close()


class TestEachPage:
    def test_nothing_has_moved_while_it_loaded(self, visit: Visit) -> None:
        shifts = visit.page.evaluate("window.shifts")
        # The header's last button may come with a later piece of the page than those before it.
        assert sum(value for value, *_ in shifts) < NOT_SEEN, shifts

    def test_as_it_was_opened_it_looks_right(self, visit: Visit) -> None:
        looks_right(visit.page, *visit.screens[0])

    def test_with_a_replay_it_takes_at_most_ten_requests_and_as_a_chapter_120_kb(
        self, visit: Visit, address: str
    ) -> None:
        before = set(visit.asked)
        for first in visit.page.locator(".live-dock:visible").all()[:1]:
            first.press("ArrowRight")
            expect(visit.page.locator(".live-used")).to_have_count(1)
        needed = visit.at_first | (visit.asked - before)
        assert (len(needed) > len(visit.at_first)) == (visit.page.locator(".live-used").count() > 0)
        # Of which not every browser asks for this one while no window shows it.
        assert len(needed | {f"{address}assets/favicon.svg"}) <= 10
        # As nginx compresses them with its usual level. The errata have forty programs, and are no chapter.
        weight = sum(len(gzip.compress(visit.answers[one].body(), 6)) for one in needed if one in visit.answers)
        assert weight <= (120_000 if visit.name in EXPLAINED else 150_000)

    def test_the_way_to_the_twin_leads_to_the_section_that_is_read(
        self, visit: Visit, address: str, site: Site
    ) -> None:
        page, there = visit.page, path_of(visit.name, other(visit.language))
        last = page.locator(".md-content h2[id]").last
        section = last.get_attribute("id")
        last.evaluate("heading => { location.hash = heading.id }")
        expect(last).to_be_in_viewport()
        link = page.locator(f".md-select a[hreflang={other(visit.language)}]")
        link.dispatch_event("pointerdown")
        assert link.evaluate("link => link.href") == f"{address}{there}#{section}"
        assert f'<h2 id="{section}"' in site.html(there)

    def test_what_is_not_laid_out_yet_is_as_high_as_it_will_be(self, visit: Visit) -> None:
        is_as_high_as_known(visit.page)  # after it, Chromium no longer jumps right to a section

    def test_side_by_side_each_block_stands_beside_its_translation_and_programs_stand_once(
        self, visit: Visit, address: str
    ) -> None:
        page = visit.page
        theirs = page.evaluate(BLOCKS_OF_THE_TWIN, address + path_of(visit.name, other(visit.language)))
        pairs = list(zip(page.evaluate(BLOCKS), theirs, strict=True))
        programs = page.locator(".live-program").count()
        button(page).evaluate("button => button.click()")
        shown = side_by_side(page).evaluate(PAIRS)
        assert shown == [
            [one["text"], two["text"]] for one, two in pairs if one["text"] != two["text"] and not one["program"]
        ]
        assert len(shown) > 5
        assert page.locator("[data-beside]").count() == page.locator("[data-beside] + .live-twin").count()
        assert page.locator(".live-program").count() == programs
        assert page.evaluate(REPEATED_IDS) == []
        nothing_sticks_out(page)
        resize(page, visit.screens[1][0])
        nothing_sticks_out(page)
        button(page).evaluate("button => button.click()")
        expect(page.locator(".live-twin")).to_have_count(0)

    def test_on_the_other_screen_it_looks_right_and_is_as_high_as_it_will_be(self, visit: Visit) -> None:
        page, (width, scheme) = visit.page, visit.screens[1]
        resize(page, width)
        is_as_high_as_known(page)
        if page.locator("body").get_attribute("data-md-color-scheme") != SCHEMES[scheme]:
            page.locator(".live-palette label:visible").click()
        looks_right(page, width, scheme)


def resize(page: Page, width: int) -> None:
    """Make the window that wide, and wait until what glides to its new place in the header is there.

    Not for all that moves: in a closed box of the text, the browser stops transitions, and they would never end.
    """
    page.set_viewport_size({"width": width, "height": 900})
    until(page, STANDS_STILL)


def is_as_high_as_known(page: Page) -> None:
    """What is not laid out yet has the height that it will have."""
    skipped, known, real = page.evaluate(HEIGHTS)
    assert skipped > 0 or page.locator(".live-program:visible").count() < 3
    assert abs(known - real) < 0.01 * real


def looks_right(page: Page, width: int, scheme: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
    assert page.evaluate("document.scrollingElement.clientWidth") == width
    nothing_sticks_out(page)
    assert page.evaluate(OVERLAPPING) == []
    assert page.evaluate(CUT_WORDS) == []
    assert page.evaluate(CUT_NAMES) == []
    assert page.evaluate(TOO_NARROW, [WHOLE[NARROW] + SCREENS[0][0] - PHONE, WHOLE[WIDE]]) == []


def nothing_sticks_out(page: Page) -> None:
    assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") == 0
    assert page.evaluate(OVERFLOWING) == []
