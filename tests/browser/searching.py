"""To search the real site in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.conftest import Files, opened, served
from tests.conftest import Site

SHORT = "status/"
"""A page that loads quickly: the search is the same on all."""
INPUT, LINK, META = ".md-search__input", ".md-search-result__link", ".md-search-result__meta"
IN_A_PROGRAM = f"{LINK}[href*='#__span-']"
ONLY_IN_A_PROGRAM = "opname"
"""A word that no text has."""

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
