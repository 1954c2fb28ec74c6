"""Light and dark: as the reader chose, or else as the system says, from the first sight of a page."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import needs_chromium, new_page, opened, until
from tests.browser.languages import NAMES, path_of

pytestmark = needs_chromium

LIGHT, DARK = "default", "slate"
OWN_COLOURS = "getComputedStyle(document.documentElement).colorScheme"
"""Which colours the browser takes for what is its own: scroll bars, and the page before there is anything on it."""


def is_shown(page: Page, scheme: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    expect(page.locator(".live-palette label:visible")).to_have_count(1)
    expect(page.locator(f".live-palette label[data-scheme={scheme}]")).to_be_visible()
    assert (page.evaluate(OWN_COLOURS) == "dark") == (scheme == DARK)


def the_system_prefers(page: Page, scheme: Literal["light", "dark"]) -> None:
    """From now on; the page has been told when this returns."""
    page.emulate_media(color_scheme=scheme)
    until(page, f"matchMedia('(prefers-color-scheme: {scheme})').matches")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def choose(page: Page) -> None:
    page.locator(".live-palette label:visible").click()


@pytest.mark.parametrize(("preferred", "scheme"), [("light", LIGHT), ("dark", DARK)])
def test_it_is_right_before_any_script_has_loaded(browser: Browser, address: str, preferred: str, scheme: str) -> None:
    page = new_page(browser, color_scheme=preferred)
    page.route("**/*.js*", lambda route: route.abort())
    page.goto(address)
    is_shown(page, scheme)
    page.context.close()


def test_what_was_chosen_is_kept_in_both_languages_whatever_the_system_says(browser: Browser, address: str) -> None:
    page, trouble = opened(browser, address, 1280, "light")
    is_shown(page, LIGHT)
    choose(page)
    is_shown(page, DARK)
    for language in ("zh", "en"):
        page.goto(address + path_of(NAMES[-1], language))
        is_shown(page, DARK)
    choose(page)
    is_shown(page, LIGHT)
    the_system_prefers(page, "dark")
    is_shown(page, LIGHT)
    page.reload()
    is_shown(page, LIGHT)
    assert trouble == []
    page.context.close()


def test_who_has_chosen_nothing_follows_the_system(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1280, "light")
    the_system_prefers(page, "dark")
    is_shown(page, DARK)
    the_system_prefers(page, "light")
    is_shown(page, LIGHT)
    page.context.close()


def test_where_nothing_is_kept_it_can_be_chosen_for_the_page(browser: Browser, address: str) -> None:
    def refuse(page: Page) -> None:
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")

    page, trouble = opened(browser, address, 1280, "dark", before=refuse)
    is_shown(page, DARK)
    choose(page)
    is_shown(page, LIGHT)
    the_system_prefers(page, "light")
    the_system_prefers(page, "dark")
    is_shown(page, LIGHT)
    assert trouble == []
    page.context.close()


def test_it_can_be_chosen_by_keyboard(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1280, "light")
    for scheme, key in ((DARK, "Enter"), (LIGHT, "Enter"), (DARK, "ArrowRight")):
        page.locator(".live-palette input:checked").press(key)
        is_shown(page, scheme)
        expect(page.locator(f".live-palette input[value={scheme}]")).to_be_focused()
    assert page.url == address
    page.context.close()


def test_the_browser_is_told_the_colour_of_the_header(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1280, "light")
    said = "document.querySelector('meta[name=theme-color]').content"
    header = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
    until(page, f"{said} === {header}")
    light = page.evaluate(said)
    choose(page)
    until(page, f"{said} === {header} && {said} !== '{light}'")
    page.context.close()
