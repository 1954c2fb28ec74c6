"""Going from one language to the other, and being told that there is another, in a real browser."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from live.rendering.reading_words import READING_WORDS
from tests.browser.conftest import needs_chromium, until
from tests.browser.languages import (
    LANGUAGES,
    LOCALES,
    NAMES,
    button,
    changed,
    hint,
    offered,
    other,
    path_of,
    switch,
    top,
    visit,
)
from tests.conftest import Site

pytestmark = needs_chromium


@pytest.mark.parametrize("width", [390, 1280])
def test_the_section_that_one_has_scrolled_to_is_kept_and_so_is_the_top(reader: Any, address: str, width: int) -> None:
    page = reader("locks/#with-a-lock", width)
    page.locator("#exceptions ~ p").first.evaluate(
        "block => scrollTo(0, scrollY + block.getBoundingClientRect().top - 100)"
    )
    switch(page, "en")
    page.wait_for_url(f"{address}en/locks/#exceptions")
    page.evaluate("scrollTo(0, 0)")
    switch(page, "zh")
    page.wait_for_url(f"{address}locks/")


@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
def test_a_replay_stands_at_the_same_time_after_switching(reader: Any, address: str, language: str, width: int) -> None:
    page = reader(f"{path_of('locks', language)}#replay-locks-rlock_turns?t=300", width, locale=LOCALES[language])
    program = page.locator(".live-program", has=page.locator("#replay-locks-rlock_turns"))
    expect(program).to_have_class(re.compile("live-used"))
    clock = program.locator(".live-clock")
    for _ in range(200):  # in which the same millisecond is left
        program.locator(".live-dock").press("ArrowRight")
        time = re.match(r"[\d.]+", clock.inner_text())
        if time and time[0] != "0.300":
            break
    assert time and time[0] != "0.300"
    switch(page, other(language))
    page.wait_for_url(f"{address}{path_of('locks', other(language))}#replay-locks-rlock_turns?t=*")
    expect(clock).to_contain_text(re.compile(f"^{re.escape(time[0])}"))
    expect(program.locator(".highlight")).to_be_in_viewport()
    assert page.trouble == []


def test_a_replay_of_which_only_the_end_is_in_sight_does_not_take_the_reader_back(reader: Any, address: str) -> None:
    page = reader("locks/#replay-locks-rlock_turns?t=300")
    program = page.locator(".live-used")
    expect(program).to_have_count(1)
    program.evaluate("program => scrollBy({ top: program.getBoundingClientRect().bottom - 300, behavior: 'instant' })")
    section = program.evaluate(
        "program => [...document.querySelectorAll('h2, h3')].filter((heading) =>"
        " heading.compareDocumentPosition(program) & 4).pop().id"
    )
    switch(page, "en")
    page.wait_for_url(f"{address}en/locks/#{section}")


def test_the_place_is_kept_by_keyboard_too(reader: Any, address: str) -> None:
    page = reader("locks/#with-a-lock")
    page.locator(".md-select button").focus()
    page.keyboard.press("Tab")  # the page's own language
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hreflang") == "en"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}en/locks/#with-a-lock")


def test_the_place_is_kept_in_a_new_tab_too(reader: Any, address: str) -> None:
    page = reader("locks/#with-a-lock")
    page.mouse.move(*offered(page, "en"))
    # Where a tab would lead is settled as the button goes down; opening one crashes Debian's shell of Chromium 150.
    page.mouse.down(button="middle")
    link = page.locator(".md-select a[hreflang=en]")
    assert link.evaluate("link => link.href") == f"{address}en/locks/#with-a-lock"
    page.mouse.move(10, 500)
    page.mouse.up(button="middle")


def test_without_javascript_a_plain_link_leads_to_the_twin_and_nothing_dead_is_shown(reader: Any, address: str) -> None:
    page = reader("locks/", 390, java_script_enabled=False, locale="en-US")
    expect(hint(page)).to_have_count(0)
    expect(button(page)).to_be_hidden()
    switch(page, "en")
    page.wait_for_url(f"{address}en/locks/")


def test_material_does_not_look_for_translations_even_at_another_address(reader: Any, address: str) -> None:
    def asked(script: bool) -> list[str]:
        page = reader("glossary/", locale="zh-CN")
        page.trouble.clear()
        links = r'(<link rel="alternate"[^>]* href=")\w+://[^/"]+/'
        changed(page, "status/", lambda html: re.sub(links, r"\1https://published.example/", html))
        if not script:
            page.route("**/assets/languages.js", lambda route: route.abort())
        page.route("https://published.example/**", lambda route: route.fulfill(status=404))
        visit(page, address + "status/")
        links = page.locator("link[rel=alternate]").evaluate_all("links => links.map(link => link.href)")
        assert len(links) >= 2 and all(link.startswith("https://published.example/") for link in links)
        return [line for line in page.trouble if "published.example" in line]

    assert asked(script=True) == []
    assert asked(script=False), "Material does so no longer: the script need not keep it from it"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_of_another_language_is_told_of_it_in_that_language_and_not_sent_there(
    reader: Any, address: str, language: str, width: int
) -> None:
    here, wanted = path_of("glossary", other(language)), READING_WORDS[language]
    page = reader(f"{here}#locks", width, locale=LOCALES[language])
    name = {"zh": "中文", "en": "English"}[language]
    expect(hint(page)).to_have_attribute("lang", language)
    expect(hint(page)).to_contain_text(wanted.hint.format(name))
    expect(hint(page)).to_be_in_viewport()
    assert page.url == f"{address}{here}#locks"
    hint(page).get_by_role("link").click()
    page.wait_for_url(f"{address}{path_of('glossary', language)}#locks", wait_until="networkidle")
    expect(hint(page)).to_have_count(0)
    assert page.trouble == []
    assert page.context.cookies() == []


@pytest.mark.parametrize(("locale", "path"), [("zh-CN", ""), ("en-US", "en/"), ("de-DE", ""), ("de-DE", "en/")])
def test_a_reader_of_this_language_or_of_none_of_the_site_is_told_nothing(reader: Any, locale: str, path: str) -> None:
    expect(hint(reader(f"{path}status/", locale=locale))).to_have_count(0)


@pytest.mark.parametrize("by", ["button", "Escape"])
def test_a_hint_that_was_closed_does_not_come_back(reader: Any, address: str, by: str) -> None:
    page = reader("status/", 390, locale="en-US")
    expect(hint(page)).to_be_visible()
    if by == "button":
        hint(page).get_by_role("button", name=READING_WORDS["en"].close).click()
    else:
        page.keyboard.press(by)
    expect(hint(page)).to_have_count(0)
    visit(page, address + "glossary/")
    expect(hint(page)).to_have_count(0)


def test_whoever_switches_has_chosen(reader: Any, address: str) -> None:
    page = reader("en/status/", locale="en-US")
    switch(page, "zh")
    page.wait_for_url(f"{address}status/", wait_until="networkidle")
    expect(hint(page)).to_have_count(0)
    visit(page, address + "en/glossary/")
    expect(hint(page)).to_have_attribute("lang", "zh")


def test_a_hint_moves_nothing_and_covers_neither_search_nor_a_replay_and_is_not_printed(reader: Any) -> None:
    page, without = reader("locks/", 390, locale="en-US"), reader("locks/", 390, locale="zh-CN")
    expect(hint(page)).to_be_visible()
    for selector in ("h1", ".md-content h2", ".live-program"):
        assert top(page, selector) == top(without, selector)
    box = hint(page).bounding_box()
    assert box
    page.locator("label.md-header__button[for=__search]").click()
    expect(page.locator(".md-search__input")).to_be_focused()
    covered = "([x, y]) => document.elementFromPoint(x, y).closest('.live-hint') === null"
    until(page, covered, arg=[box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    page.keyboard.press("Escape")
    expect(hint(page)).to_be_visible()  # that was for the search
    page.locator(".live-toggle").first.click()
    expect(page.locator(".live-used")).to_have_count(1)
    expect(hint(page)).to_be_hidden()
    page.emulate_media(media="print")
    expect(hint(page)).to_be_hidden()


def test_the_script_is_small(site: Site) -> None:
    assert len(gzip.compress((site.folder / "assets/languages.js").read_bytes(), 9)) < 5_000


def test_every_page_leads_to_itself_in_each_language(site: Site) -> None:
    for name in NAMES:
        for language in LANGUAGES:
            path = path_of(name, language)
            found = re.findall(r'<a href="([^"]+)" lang="(\w+)"[^>]* data-twin="translated">', site.html(path))
            pages = {language: (site.folder / path / link / "index.html").resolve() for link, language in found}
            assert pages == {each: site.folder / path_of(name, each) / "index.html" for each in LANGUAGES}
