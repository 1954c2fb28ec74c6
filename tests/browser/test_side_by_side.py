"""Reading both languages side by side, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from live.rendering.reading_words import READING_WORDS
from tests.browser.conftest import in_sight, needs_chromium, new_page, opened
from tests.browser.languages import (
    BLOCKS,
    HTML,
    LANGUAGES,
    LINE,
    LOCALES,
    MATERIALS_OWN,
    PAIRS,
    REFUSING,
    REPEATED_IDS,
    TEXT,
    button,
    changed,
    hint,
    mouse_over,
    not_found,
    offered,
    other,
    path_of,
    side_by_side,
    switch,
    top,
    visit,
)
from tests.conftest import Site

pytestmark = needs_chromium


@pytest.mark.parametrize(("language", "width", "columns"), [("zh", 390, False), ("en", 1280, True)])
def test_known_pairs_are_beside_each_other_when_wide_and_below_each_other_when_narrow(
    reader: Any, language: str, width: int, columns: bool
) -> None:
    page = side_by_side(reader(f"{path_of('locks', language)}?side", width, locale=LOCALES[language]))
    words = {
        "zh": ["锁", "为什么要锁", "线程共用同一块内存"],
        "en": ["Locks", "Why a lock", "Threads share the same memory"],
    }
    for here, there in zip(words[language], words[other(language)], strict=True):
        block = page.locator(".md-content__inner > [data-beside]").filter(has_text=re.compile(f"^{here}")).first
        twin = block.locator("+ .live-twin")
        expect(twin).to_contain_text(there)
        expect(twin).to_have_attribute("lang", other(language))
        one, two = block.bounding_box(), twin.bounding_box()
        assert one and two
        if columns:
            assert two["x"] > one["x"] + one["width"]
            assert abs(two["y"] - one["y"]) < 30, "headings have their own space above"
        else:
            assert two["y"] >= one["y"] + one["height"]
    program, article = page.locator(".live-program").first.bounding_box(), page.locator("h1").first.bounding_box()
    assert program and article
    if columns:
        assert program["width"] > 2 * article["width"]


def test_nothing_is_fetched_before_it_is_asked_for_and_then_once(reader: Any, address: str) -> None:
    page = reader("event/", locale="zh-CN")
    asked: list[str] = []
    # Material's search goes on loading for a while.
    page.on("request", lambda request: re.search("/(assets|search)/", request.url) or asked.append(request.url))
    page.mouse.move(*offered(page, "en"))
    mouse_over(page, button(page))
    assert asked == []
    for _ in range(2):
        button(page).click()
        expect(button(page)).to_have_attribute("aria-pressed", "true")
        side_by_side(page)
        button(page).click()
        expect(button(page)).to_have_attribute("aria-pressed", "false")
        expect(page.locator(".live-twin")).to_have_count(0)
    assert asked == [f"{address}en/event/"]


@pytest.mark.parametrize(("name", "width"), [("locks", 390), ("mpi", 1280), ("glossary", 390)])
def test_switched_off_the_page_is_what_it_was_and_replays_keep_their_state(
    reader: Any, address: str, name: str, width: int
) -> None:
    page = reader(path_of(name, "en"), width, locale="en-US")
    page.route("**/bundle.*.js", lambda route: route.abort())  # Material's script changes the page whenever it likes
    visit(page, address + path_of(name, "en"))
    page.locator(".live-replay").first.evaluate_all("([replay]) => { if (replay) location.hash = `${replay.id}?t=2` }")
    used = page.locator(".live-used .live-clock")
    expect(used).to_have_count(page.locator(".live-replay").count() and 1)
    clocks, before = used.all_inner_texts(), page.evaluate(HTML)
    for on in (True, False):
        button(page).evaluate("button => button.click()")
        expect(page.locator(".live-both")).to_have_count(int(on))
        assert used.all_inner_texts() == clocks
        assert (page.evaluate(HTML) == before) is not on


@pytest.mark.parametrize("width", [390, 1280])
def test_what_one_reads_stays_where_it_is(reader: Any, width: int) -> None:
    page = reader("en/locks/#exceptions", width, locale="en-US")
    page.evaluate("scrollBy(0, 60)")
    read = page.locator("#exceptions + *").element_handle()
    place = "block => block.getBoundingClientRect().top"
    before = read.evaluate(place)
    for pressed in ("true", "false"):
        button(page).evaluate("button => button.click()")
        expect(button(page)).to_have_attribute("aria-pressed", pressed)
        expect(page.locator(".live-both")).to_have_count(int(pressed == "true"))
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert abs(read.evaluate(place) - before) < 2


def test_it_is_remembered_on_other_pages_and_after_switching(reader: Any, address: str) -> None:
    page = reader("event/", locale="zh-CN")
    button(page).click()
    side_by_side(page)
    assert page.url == f"{address}event/?side"
    visit(page, address + "status/")
    side_by_side(page)
    switch(page, "en")
    page.wait_for_url(f"{address}en/status/?side", wait_until="networkidle")
    expect(side_by_side(page).locator("h1[data-beside] + .live-twin")).to_have_text("翻译状态")
    button(page).click()
    expect(page.locator(".live-both")).to_have_count(0)
    assert page.url == f"{address}en/status/"
    visit(page, address + "en/event/")
    expect(page.locator(".live-both")).to_have_count(0)
    assert page.trouble == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_shared_link_opens_side_by_side_at_its_section(reader: Any, address: str, width: int) -> None:
    page = side_by_side(reader("en/locks/?h=lock&side#self-deadlock", width, locale="en-US"))
    expect(button(page)).to_have_attribute("aria-pressed", "true")
    assert 0 < top(page, "#self-deadlock") < LINE
    assert page.url == f"{address}en/locks/?h=lock&side#self-deadlock"


@pytest.mark.parametrize("failure", ["no network", "not found"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_if_the_other_language_cannot_be_loaded_the_page_says_so_and_the_next_try_may_work(
    reader: Any, address: str, language: str, failure: str
) -> None:
    page = reader(path_of("status", language), 390, locale=LOCALES[language])
    before = page.locator("h1").evaluate(TEXT)
    twin = re.compile(f"127.0.0.1:\\d+/{path_of('status', other(language))}$")
    page.route(twin, lambda route: route.abort() if failure == "no network" else not_found(route))
    button(page).click()
    expect(page.get_by_role("status").first).to_have_text(READING_WORDS[language].side_failed)
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    assert page.locator("h1").evaluate(TEXT) == before
    expect(page.locator(".live-twin")).to_have_count(0)
    page.unroute(twin)
    button(page).click()
    side_by_side(page)
    expect(page.get_by_role("status").first).to_be_empty()


def test_a_page_opened_from_the_disk_says_so_too(browser: Browser, site: Site) -> None:
    page = new_page(browser, locale="en-US")
    page.goto((site.folder / "en/locks/index.html").as_uri())
    button(page).click()
    expect(page.get_by_role("status").first).to_have_text(READING_WORDS["en"].side_failed)
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    page.close()


def test_everything_works_in_a_browser_that_remembers_nothing(browser: Browser, address: str) -> None:
    page, trouble = opened(browser, address, 390, "light", locale="en-US")
    page.add_init_script(REFUSING)
    visit(page, address + "event/")
    button(page).click()
    side_by_side(page)
    switch(page, "en")
    page.wait_for_url(f"{address}en/event/?side", wait_until="networkidle")
    side_by_side(page)
    visit(page, address + "event/")
    expect(page.locator(".live-twin")).to_have_count(0)
    hint(page).get_by_role("button").click()
    expect(hint(page)).to_have_count(0)
    assert trouble == []
    page.context.close()


def test_of_a_translation_that_is_out_of_date_nothing_is_lost(reader: Any, address: str) -> None:
    def outdated(html: str) -> str:
        html = re.sub(r"(<h1 .*?</h1>)", r"\1<blockquote>Added below the title.</blockquote>", html, count=1)
        html = re.sub(r'(<h2 id="why-a-lock">.*</h2>\s*)<p>.*</p>', r"\1", html, count=1)
        return re.sub(r'(<h2 id="fairness">)', r'<h2 id="gone">Gone</h2><p>Not in the original.</p>\1', html)

    page = reader("en/locks/", locale="zh-CN")
    changed(page, "en/locks/", outdated)
    visit(page, page.url)
    theirs = [block["text"] for block in page.evaluate(BLOCKS) if not block["program"]]
    assert {"Added below the title.", "Gone", "Not in the original."} < set(theirs)
    visit(page, address + "locks/")
    own = {block["text"] for block in page.evaluate(BLOCKS)}
    button(page).click()
    pairs = side_by_side(page).evaluate(PAIRS)
    assert [twin for _, twin in pairs] == [text for text in theirs if text not in own]
    assert page.locator("[data-beside]").count() == page.locator("[data-beside] + .live-twin").count() + 1
    expect(page.locator("#fairness + .live-twin")).to_have_text("Who gets the lock first")
    assert page.locator("[data-beside]").count() > 40


def test_addresses_and_ids_of_the_other_page_are_right_on_this_one(reader: Any, address: str) -> None:
    added = """<p id="here"><a href="#fn:1" id="fnref:1">1</a> <a href="#exceptions">part</a>
      <a href="../mpi/">page</a>
      <img src="../a.png" alt=""></p><p id="fn:1">Note <a href="#fnref:1">back</a></p><h2 id="exceptions">"""
    page = reader("locks/", locale="zh-CN")
    page.route("**/a.png", lambda route: route.fulfill(body="<svg/>", content_type="image/svg+xml"))
    changed(page, "en/locks/", lambda html: html.replace('<h2 id="exceptions">', added))
    button(page).click()
    side_by_side(page)
    block = page.locator(".live-twin > #twin-here")
    links = block.locator("a").evaluate_all("links => links.map(link => link.href)")
    assert links == [f"{address}locks/?side#twin-fn:1", f"{address}locks/?side#exceptions", f"{address}en/mpi/"]
    assert block.locator("img").evaluate("image => image.src") == f"{address}en/a.png"
    note = page.locator(".live-twin > [id='twin-fn:1']")
    assert note.locator("a").evaluate("link => link.hash") == "#twin-fnref:1"
    assert page.evaluate(REPEATED_IDS) == []
    assert page.trouble == []


def test_programs_in_boxes_and_tabs_stand_once_and_their_titles_in_both_languages(reader: Any) -> None:
    page = side_by_side(reader("errata/?side", locale="zh-CN"))
    boxes = page.locator("details:has(.live-program)")
    assert boxes.count() > 30
    assert page.locator("details:has(.live-program) > summary > .live-twin").count() == boxes.count()
    expect(boxes.first.locator("summary .live-twin")).to_contain_text("Program and output")
    page = side_by_side(reader("mpi/?side", locale="zh-CN"))
    expect(page.locator(".tabbed-set")).to_have_count(4)
    tabs = page.locator(".tabbed-set").first
    tabs.get_by_text("C", exact=True).click()
    expect(tabs.locator(".tabbed-block").nth(1)).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_explained_line_is_explained_in_both_languages(reader: Any, width: int) -> None:
    page = side_by_side(reader("event/?side", width, locale="zh-CN"))
    in_sight(page)
    mark = page.locator(".live-program .md-annotation").first
    mark.wait_for(state="attached")
    mark.scroll_into_view_if_needed()
    mark.focus()  # as a click does, but that may miss it: it pulses, and the page may still be laid out
    tooltip = page.locator(".md-tooltip--active, .md-tooltip2--active").first
    expect(tooltip.locator(".live-twin")).to_be_visible()
    english = re.search(
        r"<li>(.*?)</li>",
        page.request.get(page.url.replace("/event/?side", "/en/event/")).text().split('class="live-program"', 1)[1],
    )
    assert english
    expect(tooltip.locator(".live-twin")).to_have_text(re.sub("<[^>]*>", "", english[1]))
    page.keyboard.press("Escape")
    button(page).evaluate("button => button.click()")
    expect(page.locator(".live-both")).to_have_count(0)
    mark.focus()
    expect(tooltip).to_be_visible()
    expect(tooltip.locator(".live-twin")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "width", "scheme"), [("event/", 390, "dark"), ("en/mpi/", 1280, "light"), ("en/glossary/", 390, "light")]
)
def test_axe_finds_nothing_in_two_languages_side_by_side_and_in_the_hint(
    reader: Any, path: str, width: int, scheme: str
) -> None:
    page = reader(path, width, scheme, locale="zh-CN" if path.startswith("en") else "en-US")
    expect(hint(page)).to_be_visible()
    assert violations(page, ".live-hint:not([hidden])") == []
    button(page).click()
    side_by_side(page)
    assert violations(page, ".md-content") == []


def violations(page: Page, where: str) -> list[tuple[str, list[str]]]:
    """What axe finds in that part of the page, with the first place of each."""
    context = {"include": [[where]], "exclude": MATERIALS_OWN}
    found = Axe().run(page, context=context, options={"resultTypes": ["violations"]})
    return [(rule["id"], rule["nodes"][0]["target"]) for rule in found.response["violations"]]


def test_both_languages_are_printed_one_below_the_other(reader: Any) -> None:
    page = side_by_side(reader("en/event/?side", 1280, "dark", locale="en-US"))
    page.emulate_media(media="print")
    expect(button(page)).to_be_hidden()
    block = page.locator("#what-an-event-is ~ p").first
    one, two = block.bounding_box(), block.locator("+ .live-twin").bounding_box()
    assert one and two and two["y"] >= one["y"] + one["height"]
