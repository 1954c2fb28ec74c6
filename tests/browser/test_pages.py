"""The real pages in a real browser: wide and narrow, light and dark, both languages."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.conftest import ROOT, Site

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium found: install one (apt-get install chromium) or set CHROMIUM=/path/to/it"
)

NAMES_OF_PAGES = sorted(file.stem for file in (ROOT / "docs/zh").glob("*.md"))
WITHOUT_EXPLANATIONS = {"errata", "glossary", "notes"}
PAGES = [f"{language}{name}/" if name != "index" else language for language in ("", "en/") for name in NAMES_OF_PAGES]
CHAPTERS = [page for page in PAGES if not WITHOUT_EXPLANATIONS & set(page.split("/"))]
SCREENS = [(390, "dark"), (1280, "light")]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site.folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


OVERFLOWING = """() => {
  const wide = document.scrollingElement.clientWidth;
  const scrolls = (element) => element.closest("pre, .md-typeset__scrollwrap, .md-sidebar, .md-search, .md-overlay");
  return [...document.querySelectorAll(".md-content *, .md-header *, .md-footer *")]
    .filter((element) => !scrolls(element) && element.getClientRects().length)
    .filter((element) => { const box = element.getBoundingClientRect(); return box.width > 1 && box.right > wide + 1; })
    .map((element) => element.tagName + "." + element.className + ": " + element.textContent.slice(0, 40));
}"""

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


def is_trouble(message: ConsoleMessage) -> bool:
    # Material looks for a sitemap below each page's translation to learn where switching leads, and finds none.
    return message.type == "error" and not message.location["url"].endswith("/sitemap.xml")


def opened(browser: Browser, url: str, width: int, scheme: str, **context: object) -> tuple[Page, list[str]]:
    """The page, and everything that went wrong while it loaded."""
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **context).new_page()
    trouble: list[str] = []
    home = urlsplit(url).netloc
    page.on("request", lambda request: urlsplit(request.url).netloc == home or trouble.append(f"asks {request.url}"))
    page.on("console", lambda message: is_trouble(message) and trouble.append(f"says {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"throws {error}"))
    page.goto(url, wait_until="networkidle")
    return page, trouble


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_overflows_or_overlaps_and_no_other_host_is_asked(
    browser: Browser, address: str, path: str, width: int, scheme: str
) -> None:
    page, trouble = opened(browser, address + path, width, scheme)
    assert page.evaluate("document.body.dataset.mdColorScheme") == {"light": "default", "dark": "slate"}[scheme]
    assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") == 0
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(OVERLAPPING) == []
    assert trouble == []
    page.context.close()


@pytest.mark.parametrize("path", CHAPTERS)
def test_every_mark_in_the_code_opens_its_explanation(browser: Browser, address: str, site: Site, path: str) -> None:
    page, _ = opened(browser, address + path, 1280, "light")
    explanations = site.html(path).count("<li>", 0)  # at least the annotations are list items
    annotations = page.locator(".live-program .md-annotation")
    annotations.first.wait_for(state="attached")  # Material's script makes them some time after the page has loaded
    expect(page.get_by_text("(1)!"), "no mark is left without its explanation").to_have_count(0, timeout=30_000)
    expect(page.locator(".live-program > ol:visible"), "no list is left without its marks").to_have_count(0)
    assert 0 < annotations.count() <= explanations
    page.context.close()


@pytest.mark.parametrize("path", CHAPTERS)
def test_without_javascript_code_explanations_and_output_are_all_there(
    browser: Browser, address: str, path: str
) -> None:
    page, _ = opened(browser, address + path, 390, "light", java_script_enabled=False)
    programs = page.locator(".live-program")
    assert programs.count() > 0
    for program in programs.all():
        assert program.locator(".highlight code").is_visible()
        assert program.locator(".live-output").is_visible()
        assert program.locator(".live-facts").is_visible()
    assert page.locator(".live-program > ol").first.is_visible()
    page.context.close()


def test_each_language_offers_the_other(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address + "threading/", 1280, "light")
    links = [link.get_attribute("href") for link in page.locator("a[hreflang=en]").all()]
    assert links
    page.goto(address + "en/threading/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.context.close()
