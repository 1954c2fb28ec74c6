"""A real browser for tests, and the site as it would be served."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import Site

NAMES = (
    "chromium-headless-shell",  # Debian's: all of the browser but its own windows, at half the cost
    "chromium",
    "chromium-browser",
    "google-chrome",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium found: install one (apt-get install chromium) or set CHROMIUM=/path/to/it"
)

FLAGS = [
    "--no-sandbox",
    # Drawing without any GL, real or emulated, costs a quarter less of the processor.
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 180_000
"""Milliseconds. What is waited for comes at once, unless the machine is busy with much else; only a broken promise
takes so long."""
expect.set_options(timeout=PATIENCE)

OVERFLOWING = """() => {
  const wide = document.scrollingElement.clientWidth;
  const scrolls = (element) => element.closest("pre, .md-typeset__scrollwrap, .md-sidebar, .md-search, .md-overlay");
  const unseen = (element) => element.closest(".live-timeline-table");
  return [...document.querySelectorAll(".md-content *, .md-header *, .md-footer *")]
    .filter((element) => !scrolls(element) && !unseen(element) && element.getClientRects().length)
    .filter((element) => { const box = element.getBoundingClientRect(); return box.width > 1 && box.right > wide + 1; })
    .map((element) => element.tagName + "." + element.className + ": " + element.textContent.slice(0, 40));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path, handler: type[Files] = Files) -> Iterator[str]:
    """The address of a host that has the folder."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:  # a test that fails must not leave the thread, which would keep all of them from ending
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site.folder) as address:
        yield address


def new_page(browser: Browser, **context: Any) -> Page:
    """An empty page in a context of its own."""
    made = browser.new_context(**context)
    made.set_default_timeout(PATIENCE)
    return made.new_page()


def opened(
    browser: Browser,
    url: str,
    width: int,
    scheme: str,
    before: Callable[[Page], None] = lambda _: None,
    **context: Any,
) -> tuple[Page, list[str]]:
    """The page, and everything that went wrong while it loaded; `before` is done before it does."""
    page = new_page(browser, viewport={"width": width, "height": 900}, color_scheme=scheme, **context)
    before(page)
    trouble: list[str] = []
    home = urlsplit(url).netloc
    page.on("request", lambda request: urlsplit(request.url).netloc == home or trouble.append(f"asks {request.url}"))
    page.on("response", lambda answer: answer.status < 400 or trouble.append(f"gets {answer.status} for {answer.url}"))
    page.on("console", lambda message: message.type == "error" and trouble.append(f"says {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"throws {error}"))
    page.goto(url, wait_until="networkidle")
    page.wait_for_load_state("load")  # the network may be idle before a long page has been read
    if context.get("java_script_enabled", True):  # without it, no timer ever ends
        settled(page)
    return page, trouble


def in_sight(page: Page) -> None:
    """Bring the code of each program into sight once: only then does Material make the marks in it."""
    for code in page.locator(".live-program .highlight:visible").all():
        code.scroll_into_view_if_needed()


def until(page: Page, truth: str, arg: object = None) -> None:
    """Wait until that JavaScript is true of the page; Playwright's own way needs `eval`, which pages do not allow."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(truth, arg):
        assert time.monotonic() < deadline, f"never came true: {truth}"
        page.wait_for_timeout(20)


def settled(page: Page) -> None:
    """Wait until Material has closed search and menu, as it does some time after loading, whoever has opened them."""
    # Its timer began before this one, and is as long: it ends first, however slow the machine is.
    page.evaluate("new Promise((done) => setTimeout(done, 125))")


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Any]:
    """`reader("locks/", 1280, locale="zh-CN")` opens a page; what went wrong on it is in its `trouble`."""
    contexts = []

    def open_(path: str, width: int = 1280, scheme: str = "light", **context: Any) -> Page:
        page, trouble = opened(browser, address + path, width, scheme, **context)
        contexts.append(page.context)
        page.wait_for_load_state("load")
        page.trouble = trouble  # type: ignore[attr-defined]
        return page

    yield open_
    for context in contexts:
        context.close()
