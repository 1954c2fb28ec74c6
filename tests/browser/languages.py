"""What tests of the two languages in a browser share: where things are on a page, and what a reader does there."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import until
from tests.conftest import ROOT

NAMES = sorted(file.stem for file in (ROOT / "docs/zh").glob("*.md"))
LANGUAGES = ("zh", "en")
LOCALES = {"zh": "zh-CN", "en": "en-US"}
"""Browsers that prefer a language."""
LINE = 130
"""Pixels from the top of the window within which a section begins that a link leads to."""
MATERIALS_OWN = [[".md-code__nav"], [".md-annotation"]]
"""What Material's script adds to code: it gives neither its navigation nor its marks a name."""
REFUSING = """
for (const name of ["getItem", "setItem"]) {
  const real = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...rest) {
    if (key.includes(".live.")) throw new DOMException("refused", "SecurityError");
    return real.call(this, key, ...rest);
  };
}"""
"""A browser that keeps nothing for us."""

TEXT = """element => {
  const copy = element.cloneNode(true);
  for (const added of copy.querySelectorAll(".headerlink, .md-code__nav, .md-annotation")) added.remove();
  return copy.textContent.replace(/\\(\\d+\\)!/g, "").replace(/\\s+/g, " ").trim();
}"""
BLOCKS = f"""(page) => [
  ...(page ?? document).querySelectorAll(".md-content__inner > :not(.live-side)"),
].map((block) => ({{
  program: block.matches(".live-program") || block.querySelector(".live-program") !== null,
  text: ({TEXT})(block),
}}))"""
"""The blocks of a page, in order."""
PAIRS = f"""() => [...document.querySelectorAll(".md-content__inner > .live-twin")].map((twin) => [
  twin.previousElementSibling.hasAttribute("data-beside") ? ({TEXT})(twin.previousElementSibling) : null,
  ({TEXT})(twin),
])"""
"""The blocks of two pages that are side by side."""
HTML = """() => {
  const copy = document.querySelector(".md-content__inner").cloneNode(true);
  copy.querySelector(".live-side").remove(); // its button is now one that has been pressed
  return copy.outerHTML;
}"""
REPEATED_IDS = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}"""


def path_of(name: str, language: str) -> str:
    """Where a page is, from the root of the site."""
    return ("" if language == "zh" else "en/") + ("" if name == "index" else f"{name}/")


def other(language: str) -> str:
    return "en" if language == "zh" else "zh"


def offered(page: Page, language: str) -> tuple[float, float]:
    """Where the link to that language is, in the opened switcher."""
    mouse_over(page, page.locator(".md-select button"))
    link = page.locator(f".md-select a[hreflang={language}]")
    there = (
        "link => { const box = link.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] }"
    )
    under = f"language => document.elementFromPoint(...({there})(document.querySelector(language)))?.matches(language)"
    until(page, under, arg=f".md-select a[hreflang={language}]")
    x, y = link.evaluate(there)
    return x, y


def visit(page: Page, url: str) -> None:
    """Go to a page. A busy browser is still reading a long one when the network has been idle for a while."""
    page.goto(url, wait_until="networkidle")
    page.wait_for_load_state("load")


def mouse_over(page: Page, element: Locator) -> None:
    """Point at something in sight. Playwright's own hover may scroll the page, for whatever it thinks is in the way."""
    box = element.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def switch(page: Page, language: str) -> None:
    page.mouse.click(*offered(page, language))


def hint(page: Page) -> Locator:
    return page.locator(".live-hint:not([hidden])")


def button(page: Page) -> Locator:
    return page.locator(".live-side button")


def side_by_side(page: Page) -> Page:
    """The page, once the other language is there."""
    expect(page.locator(".live-both .live-twin").first).to_be_attached()
    return page


def top(page: Page, selector: str) -> float:
    """Pixels from the top of the window to that element."""
    return float(page.eval_on_selector(selector, "element => element.getBoundingClientRect().top"))


def changed(page: Page, path: str, change: Any) -> None:
    """Have the server answer with that page, changed."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    page.route(re.compile(f"127.0.0.1:\\d+/{path}$"), answer)


def not_found(route: Route) -> None:
    """Answer as many servers do: with a page that says so."""
    route.fulfill(status=404, content_type="text/html", body='<article class="md-content__inner"><p>404</p></article>')
