"""The real pages in a real browser: wide and narrow, light and dark, both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import in_sight, needs_chromium, opened, until
from tests.browser.languages import NAMES, button, path_of, side_by_side
from tests.browser.searching import ask
from tests.browser.test_each_page import EXPLAINED
from tests.conftest import ROOT, Site

pytestmark = needs_chromium

CHAPTERS = [path_of(name, "zh") for name in NAMES if name in EXPLAINED]

CORNERS_SEEN = """element => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const inside = [[left + 4, top + 4], [right - 4, top + 4], [left + 4, bottom - 4], [right - 4, bottom - 4]];
  return inside.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
}"""

LIGHTNESS = """selector => getComputedStyle(document.querySelector(selector)).%s
  .match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765"""


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

SAME_ELEMENTS = """([one, other]) => {
  const [these, those] = [one, other].map((selector) => [...document.querySelectorAll(selector)]);
  return these.length === those.length && these.every((element, index) => element === those[index]);
}"""


@pytest.mark.parametrize("path", ["locks/", "en/multiprocessing/", "status/"])
def test_no_rule_of_the_style_sheets_is_missing_that_applies(
    browser: Browser, address: str, site: Site, path: str
) -> None:
    sheets = [file for name in ("main", "palette") for file in site.folder.glob(f"assets/stylesheets/{name}.*.css")]
    sheets += [ROOT / "docs" / name for name in re.findall(r"assets/\w+\.css", (ROOT / "mkdocs.yml").read_text())]
    everything = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    # These are called in another way, which is quicker; it means the same tables.
    (sheet,) = site.folder.glob("assets/stylesheets/site.*.css")
    unclassed, *_ = re.findall(r"\btable:not\([^)]*\)", sheet.read_text(encoding="utf-8"))
    everything = everything.replace("table:not([class])", unclassed)
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
    assert page.evaluate(SAME_ELEMENTS, ["table:not([class])", unclassed])
    assert trouble == []
    page.context.close()


@pytest.mark.parametrize("path", ["locks/", "en/coroutines/"])
def test_every_mark_in_the_code_opens_its_explanation(browser: Browser, address: str, site: Site, path: str) -> None:
    page, _ = opened(browser, address + path, 1280, "light")
    marks = len(re.findall(r"# \(\d+\)!", site.html(path)))
    in_sight(page)
    annotations = page.locator(".live-program .md-annotation")
    expect(annotations).to_have_count(marks)  # Material's script makes them some time after they came into sight
    expect(page.get_by_text("(1)!"), "no mark is left without its explanation").to_have_count(0)
    # The lists are out of sight anyway: what is explained has moved into the marks.
    expect(page.locator(".live-program > ol > li:not(:empty)"), "no list is left without its marks").to_have_count(0)
    page.context.close()


def test_lines_have_the_numbers_that_they_have_in_the_file(browser: Browser, address: str) -> None:
    page, _ = opened(browser, f"{address}past-one-machine/", 1280, "light")
    (program,) = page.locator(".live-program").filter(has_text="snippets/cluster/local_cluster.py").all()
    source = (ROOT / "snippets/cluster/local_cluster.py").read_text(encoding="utf-8").splitlines()
    reset, lines = program.locator(".highlight code").evaluate(
        """code => [getComputedStyle(code).counterReset, [...code.children].map((line) => [
          getComputedStyle(line, "::before").counterIncrement,
          getComputedStyle(line, "::before").content,
          line.textContent.trimEnd(),
        ])]"""
    )
    before = int(reset.removeprefix("live-line "))
    assert before > 0
    assert {(increment, content) for increment, content, _ in lines} == {("live-line 1", 'counter(live-line) " "')}
    shown = {before + index: text for index, (_, _, text) in enumerate(lines, start=1)}
    assert all(source[number - 1].startswith(text) for number, text in shown.items())
    assert max(shown) == len(source)
    page.context.close()


def test_code_that_is_out_of_sight_is_left_alone_until_it_comes_into_sight(browser: Browser, address: str) -> None:
    page, _ = opened(browser, f"{address}asyncio/", 390, "light")
    codes = page.locator(".live-program .highlight:visible")
    codes.first.scroll_into_view_if_needed()
    expect(codes.first.locator(".md-code__nav")).to_have_count(1)
    assert codes.last.locator(".md-code__nav").count() == 0, "work for a phone to do before anything can be touched"
    expect(codes.last.locator("code"), "it may be wider than the page").to_have_attribute("tabindex", "0")
    codes.last.scroll_into_view_if_needed()
    expect(codes.last.locator(".md-code__nav")).to_have_count(1)
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_opened_explanation_can_be_read_whole(browser: Browser, address: str, width: int) -> None:
    page, _ = opened(browser, f"{address}en/coroutines/", width, "light")
    in_sight(page)
    marks = page.locator(".live-program .md-annotation")
    marks.nth(7).wait_for(state="attached")
    for index in range(8):
        marks.nth(index).evaluate("mark => { mark.scrollIntoView({ block: 'center' }); mark.focus() }")
        explanation = marks.nth(index).locator(".md-tooltip--active")
        expect(explanation).to_have_css("opacity", "1")
        assert explanation.evaluate(CORNERS_SEEN)
    page.context.close()


@pytest.mark.parametrize("path", CHAPTERS)
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
