"""The real pages in a real browser: wide and narrow, light and dark, both languages."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from live.pages.scan import uses
from tests.browser.conftest import OVERFLOWING, needs_chromium, opened, until
from tests.browser.languages import button, side_by_side
from tests.browser.test_search import ask
from tests.conftest import ROOT, Site

pytestmark = needs_chromium

NAMES_OF_PAGES = sorted(file.stem for file in (ROOT / "docs/zh").glob("*.md"))
EXPLAINED = {
    file.stem
    for file in (ROOT / "docs/zh").glob("*.md")
    if any(use.explained for use in uses(file.read_text(encoding="utf-8"), ""))
}
"""Pages that explain lines of their programs."""
PAGES = [f"{language}{name}/" if name != "index" else language for language in ("", "en/") for name in NAMES_OF_PAGES]
CHAPTERS = [page for page in PAGES if (page.removeprefix("en").strip("/") or "index") in EXPLAINED]
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

CORNERS_SEEN = """element => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const inside = [[left + 4, top + 4], [right - 4, top + 4], [left + 4, bottom - 4], [right - 4, bottom - 4]];
  return inside.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
}"""

LIGHTNESS = """selector => getComputedStyle(document.querySelector(selector)).%s
  .match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765"""


@pytest.mark.parametrize("path", PAGES)
def test_nothing_overflows_or_overlaps_and_no_other_host_is_asked(browser: Browser, address: str, path: str) -> None:
    first, then = reversed(SCREENS) if path.startswith("en") else SCREENS
    page, trouble = opened(browser, address + path, *first)
    looks_right(page, *first)
    page.set_viewport_size({"width": then[0], "height": 900})
    page.locator("[data-md-component=palette] label:visible").click()
    looks_right(page, *then)
    assert trouble == []
    page.context.close()


def looks_right(page: Page, width: int, scheme: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
    assert page.evaluate("document.scrollingElement.clientWidth") == width
    assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") == 0
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(OVERLAPPING) == []
    assert page.evaluate(CUT_WORDS) == []
    assert page.evaluate(CUT_NAMES) == []


@pytest.mark.parametrize("path", CHAPTERS)
def test_a_first_visit_and_a_replay_take_at_most_ten_requests_and_120_kb(
    browser: Browser, address: str, path: str
) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 900}).new_page()
    asked: set[str] = set()
    answers: dict[str, Response] = {}
    page.on("request", lambda request: asked.add(request.url))
    page.on("response", lambda answer: answers.update({answer.url: answer}))
    page.goto(address + path, wait_until="networkidle")
    before = len(asked)
    page.locator(".live-dock").first.press("ArrowRight")
    expect(page.locator(".live-used")).to_have_count(1)
    assert len(asked) > before
    # Of which not every browser asks for this one while no window shows it.
    assert len(asked | {f"{address}assets/favicon.svg"}) <= 10
    # As nginx compresses them with its usual level.
    assert sum(len(gzip.compress(answer.body(), 6)) for answer in list(answers.values())) <= 120_000
    page.context.close()


MISSING_RULES = """(everything) => {
  const parts = (rules) => [...rules].flatMap((rule) => [
    ...(rule.selectorText ?? "").split(","), ...(rule.cssRules ? parts(rule.cssRules) : []),
  ]).map((part) => part.trim());
  const whole = new CSSStyleSheet();
  whole.replaceSync(everything);
  const here = new Set([...document.styleSheets].flatMap((sheet) => parts(sheet.cssRules)));
  const passing = /::?(hover|active|focus(-visible|-within)?|before|after|marker|placeholder|target|checked)\\b/g;
  const applies = (part) => {
    try { return document.querySelector(part.replace(passing, "") || "*"); } catch { return false; }
  };
  const all = parts(whole.cssRules);
  return [all.length, all.filter((part) => !here.has(part) && applies(part))];
}"""


@pytest.mark.parametrize("path", ["locks/", "en/multiprocessing/", "status/"])
def test_no_rule_of_the_style_sheets_is_missing_that_applies(
    browser: Browser, address: str, site: Site, path: str
) -> None:
    sheets = [file for name in ("main", "palette") for file in site.folder.glob(f"assets/stylesheets/{name}.*.css")]
    sheets += [ROOT / "docs" / name for name in re.findall(r"assets/\w+\.css", (ROOT / "mkdocs.yml").read_text())]
    everything = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    page, trouble = opened(browser, address + path, 1280, "light")
    button(page).click()
    side_by_side(page)
    for dock in page.locator(".live-dock").all()[:1]:
        dock.press("ArrowRight")
        expect(page.locator(".live-used")).to_have_count(1)
    assert ask(page, "Lock")
    count, missing = page.evaluate(MISSING_RULES, everything)
    assert count > 2000
    assert missing == []
    assert trouble == []
    page.context.close()


@pytest.mark.parametrize("path", ["locks/", "en/coroutines/"])
def test_every_mark_in_the_code_opens_its_explanation(browser: Browser, address: str, site: Site, path: str) -> None:
    page, _ = opened(browser, address + path, 1280, "light")
    marks = len(re.findall(r"# \(\d+\)!", site.html(path)))
    annotations = page.locator(".live-program .md-annotation")
    expect(annotations).to_have_count(marks)  # Material's script makes them some time after the page has loaded
    expect(page.get_by_text("(1)!"), "no mark is left without its explanation").to_have_count(0)
    expect(page.locator(".live-program > ol:visible"), "no list is left without its marks").to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_opened_explanation_can_be_read_whole(browser: Browser, address: str, width: int) -> None:
    page, _ = opened(browser, f"{address}en/coroutines/", width, "light")
    marks = page.locator(".live-program .md-annotation")
    marks.first.wait_for(state="attached")
    for index in range(8):
        marks.nth(index).evaluate("mark => { mark.scrollIntoView({ block: 'center' }); mark.focus() }")
        explanation = marks.nth(index).locator(".md-tooltip--active")
        expect(explanation).to_have_css("opacity", "1")
        assert explanation.evaluate(CORNERS_SEEN)
    page.context.close()


@pytest.mark.parametrize("path", [path for path in CHAPTERS if not path.startswith("en")])
def test_without_javascript_code_explanations_and_output_are_all_there(
    browser: Browser, address: str, path: str
) -> None:
    page, _ = opened(browser, address + path, 390, "light", java_script_enabled=False)
    count = page.locator(".live-program").count()
    assert count > 0
    for folded in page.locator("article details:not([open]) > summary").all()[::-1]:
        folded.click()
    for part in (".highlight code", ".live-output", ".live-facts"):
        assert page.locator(f".live-program {part}:visible").count() == count
    assert page.locator(".live-program > ol").first.is_visible()
    page.context.close()


def test_each_language_offers_the_other(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address + "threading/", 1280, "light")
    links = [link.get_attribute("href") for link in page.locator("a[hreflang=en]").all()]
    assert links
    page.goto(address + "en/threading/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.context.close()


def test_paper_is_light_even_where_the_screen_is_dark(browser: Browser, address: str) -> None:
    page, _ = opened(browser, f"{address}en/", 1280, "dark")
    # Colours may fade, so what is promised is where they end.
    paper = LIGHTNESS % "backgroundColor"
    ink = LIGHTNESS % "color"
    until(page, f"{paper} < 0.5", arg=".live-program .highlight pre > code")
    page.emulate_media(media="print")
    until(page, f"{paper} > 0.9", arg=".live-program .highlight pre > code")
    for part in (".live-output", ".live-who", ".live-facts", ".live-timeline-names > span"):
        until(page, f"{ink} < 0.5", arg=f".live-program {part}")
    page.context.close()
