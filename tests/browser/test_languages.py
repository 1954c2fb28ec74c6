"""Going from one language to the other, and reading both side by side, in a real browser."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from live.rendering.reading_words import READING_WORDS
from tests.browser.conftest import OVERFLOWING, needs_chromium, opened
from tests.conftest import ROOT, Site

pytestmark = needs_chromium

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
BLOCKS = f"""() => [...document.querySelectorAll(".md-content__inner > :not(.live-side)")].map((block) => ({{
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
    page.wait_for_function(under, arg=f".md-select a[hreflang={language}]")
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


def switch(page: Page, language: str, button: Literal["left", "middle"] = "left") -> None:
    page.mouse.click(*offered(page, language), button=button)


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


# Switching.


@pytest.mark.parametrize(("width", "which"), [(390, -1), (1280, 1)], ids=["390-last", "1280-second"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_pages_are_read_and_switched_on_without_a_404_or_an_error_or_another_host(
    reader: Any, address: str, language: str, width: int, which: int
) -> None:
    assert len(NAMES) >= 10
    page = reader(path_of("index", language), width, locale=LOCALES[language])
    for name in NAMES:
        visit(page, address + path_of(name, language))
        section = page.locator(".md-content h2[id]").nth(which).get_attribute("id")
        page.evaluate("id => { location.hash = id }", section)
        switch(page, other(language))
        page.wait_for_url(f"{address}{path_of(name, other(language))}#{section}", wait_until="networkidle")
        assert page.locator("html").get_attribute("lang") == other(language)
        expect(page.locator(f"#{section}")).to_be_in_viewport()
    assert page.trouble == []
    assert page.context.cookies() == []


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


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_replay_stands_at_the_same_time_after_switching(reader: Any, address: str, language: str, width: int) -> None:
    page = reader(f"{path_of('locks', language)}#replay-locks-rlock_turns?t=300", width, locale=LOCALES[language])
    program = page.locator(".live-program", has=page.locator("#replay-locks-rlock_turns"))
    expect(program).to_have_class(re.compile("live-used"))
    program.locator(".live-dock").press("ArrowRight")
    time = re.match(r"[\d.]+", program.locator(".live-clock").inner_text())
    assert time and time[0] != "0.300"
    switch(page, other(language))
    page.wait_for_url(f"{address}{path_of('locks', other(language))}#replay-locks-rlock_turns?t=*")
    expect(program.locator(".live-clock")).to_contain_text(re.compile(f"^{re.escape(time[0])}"))
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


def test_the_place_is_kept_by_keyboard_and_in_a_new_tab_too(reader: Any, address: str) -> None:
    page = reader("locks/#with-a-lock")
    page.locator(".md-select button").focus()
    page.keyboard.press("Tab")  # the page's own language
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hreflang") == "en"
    with page.context.expect_page() as opening:
        switch(page, "en", "middle")
    opening.value.wait_for_url(f"{address}en/locks/#with-a-lock")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}en/locks/#with-a-lock")


def test_without_javascript_a_plain_link_leads_to_the_twin_and_nothing_dead_is_shown(reader: Any, address: str) -> None:
    page = reader("locks/", 390, java_script_enabled=False, locale="en-US")
    expect(hint(page)).to_have_count(0)
    expect(button(page)).to_be_hidden()
    switch(page, "en")
    page.wait_for_url(f"{address}en/locks/")


def test_material_does_not_look_for_translations_even_at_another_address(reader: Any, address: str) -> None:
    def asked(script: bool) -> list[str]:
        page = reader("", locale="zh-CN")
        page.trouble.clear()
        links = r'(<link rel="alternate"[^>]* href=")\w+://[^/"]+/'
        changed(page, "locks/", lambda html: re.sub(links, r"\1https://published.example/", html))
        if not script:
            page.route("**/assets/languages.js", lambda route: route.abort())
        page.route("https://published.example/**", lambda route: route.fulfill(status=404))
        visit(page, address + "locks/")
        links = page.locator("link[rel=alternate]").evaluate_all("links => links.map(link => link.href)")
        assert len(links) >= 2 and all(link.startswith("https://published.example/") for link in links)
        return [line for line in page.trouble if "published.example" in line]

    assert asked(script=True) == []
    assert asked(script=False), "Material does so no longer: the script need not keep it from it"


# The hint.


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_of_another_language_is_told_of_it_in_that_language_and_not_sent_there(
    reader: Any, address: str, language: str, width: int
) -> None:
    here, wanted = path_of("locks", other(language)), READING_WORDS[language]
    page = reader(f"{here}#with-a-lock", width, locale=LOCALES[language])
    name = {"zh": "中文", "en": "English"}[language]
    expect(hint(page)).to_have_attribute("lang", language)
    expect(hint(page)).to_contain_text(wanted.hint.format(name))
    expect(hint(page)).to_be_in_viewport()
    assert page.url == f"{address}{here}#with-a-lock"
    hint(page).get_by_role("link").click()
    page.wait_for_url(f"{address}{path_of('locks', language)}#with-a-lock", wait_until="networkidle")
    expect(hint(page)).to_have_count(0)
    assert page.trouble == []
    assert page.context.cookies() == []


@pytest.mark.parametrize(("locale", "path"), [("zh-CN", ""), ("en-US", "en/"), ("de-DE", ""), ("de-DE", "en/")])
def test_a_reader_of_this_language_or_of_none_of_the_site_is_told_nothing(reader: Any, locale: str, path: str) -> None:
    expect(hint(reader(path, locale=locale))).to_have_count(0)


@pytest.mark.parametrize("by", ["button", "Escape"])
def test_a_hint_that_was_closed_does_not_come_back(reader: Any, address: str, by: str) -> None:
    page = reader("locks/", 390, locale="en-US")
    expect(hint(page)).to_be_visible()
    if by == "button":
        hint(page).get_by_role("button", name=READING_WORDS["en"].close).click()
    else:
        page.keyboard.press(by)
    expect(hint(page)).to_have_count(0)
    visit(page, address + "threading/")
    expect(hint(page)).to_have_count(0)


def test_whoever_switches_has_chosen(reader: Any, address: str) -> None:
    page = reader("en/locks/", locale="en-US")
    switch(page, "zh")
    page.wait_for_url(f"{address}locks/", wait_until="networkidle")
    expect(hint(page)).to_have_count(0)
    visit(page, address + "en/threading/")
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
    page.wait_for_function(covered, arg=[box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    page.keyboard.press("Escape")
    expect(hint(page)).to_be_visible()  # that was for the search
    page.locator(".live-toggle").first.click()
    expect(page.locator(".live-used")).to_have_count(1)
    expect(hint(page)).to_be_hidden()
    page.emulate_media(media="print")
    expect(hint(page)).to_be_hidden()


# Side by side.


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_block_stands_beside_its_translation_and_programs_stand_once(
    reader: Any, address: str, language: str, name: str
) -> None:
    page = reader(path_of(name, other(language)), locale=LOCALES[language])
    theirs = page.evaluate(BLOCKS)
    visit(page, address + path_of(name, language))
    own = page.evaluate(BLOCKS)
    programs = page.locator(".live-program").count()
    visit(page, address + path_of(name, language) + "?side")
    shown = side_by_side(page).evaluate(PAIRS)
    assert len(own) == len(theirs)
    together = [(one, two) for one, two in zip(own, theirs, strict=True) if one["text"] != two["text"]]
    assert shown == [[one["text"], two["text"]] for one, two in together if not one["program"]]
    assert len(shown) > 5
    assert page.locator("[data-beside]").count() == page.locator("[data-beside] + .live-twin").count()
    assert page.locator(".live-program").count() == programs
    assert page.evaluate(REPEATED_IDS) == []
    assert page.evaluate(OVERFLOWING) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") == 0
    assert page.trouble == []


@pytest.mark.parametrize(("width", "columns"), [(390, False), (1280, True)])
@pytest.mark.parametrize("language", LANGUAGES)
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
    page = reader("locks/", locale="zh-CN")
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
    assert asked == [f"{address}en/locks/"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["locks", "mpi", "errata", "glossary"])
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
    page = reader("locks/", locale="zh-CN")
    button(page).click()
    side_by_side(page)
    assert page.url == f"{address}locks/?side"
    visit(page, address + "threading/")
    side_by_side(page)
    switch(page, "en")
    page.wait_for_url(f"{address}en/threading/?side", wait_until="networkidle")
    expect(side_by_side(page).locator("h1[data-beside] + .live-twin")).to_have_text("线程")
    button(page).click()
    expect(page.locator(".live-both")).to_have_count(0)
    assert page.url == f"{address}en/threading/"
    visit(page, address + "en/locks/")
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
    page = reader(path_of("locks", language), 390, locale=LOCALES[language])
    before = page.locator("h1").evaluate(TEXT)
    twin = re.compile(f"127.0.0.1:\\d+/{path_of('locks', other(language))}$")
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
    page = browser.new_page(locale="en-US")
    page.goto((site.folder / "en/locks/index.html").as_uri())
    button(page).click()
    expect(page.get_by_role("status").first).to_have_text(READING_WORDS["en"].side_failed)
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    page.close()


def test_everything_works_in_a_browser_that_remembers_nothing(browser: Browser, address: str) -> None:
    page, trouble = opened(browser, address, 390, "light", locale="en-US")
    page.add_init_script(REFUSING)
    visit(page, address + "locks/")
    button(page).click()
    side_by_side(page)
    switch(page, "en")
    page.wait_for_url(f"{address}en/locks/?side", wait_until="networkidle")
    side_by_side(page)
    visit(page, address + "locks/")
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
    page = side_by_side(reader("locks/?side", width, locale="zh-CN"))
    mark = page.locator(".live-program .md-annotation").first
    mark.wait_for(state="attached")
    mark.scroll_into_view_if_needed()
    mark.locator(".md-annotation__index").click(force=True)  # it pulses, and so never keeps still
    tooltip = page.locator(".md-tooltip--active, .md-tooltip2--active").first
    expect(tooltip.locator(".live-twin")).to_be_visible()
    english = re.search(
        r"<li>(.*?)</li>",
        page.request.get(page.url.replace("/locks/?side", "/en/locks/")).text().split('class="live-program"', 1)[1],
    )
    assert english
    expect(tooltip.locator(".live-twin")).to_have_text(re.sub("<[^>]*>", "", english[1]))
    page.keyboard.press("Escape")
    button(page).evaluate("button => button.click()")
    expect(page.locator(".live-both")).to_have_count(0)
    mark.focus()
    expect(tooltip).to_be_visible()
    expect(tooltip.locator(".live-twin")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("path", "scheme"), [("locks/", "dark"), ("en/mpi/", "light"), ("en/glossary/", "dark")])
def test_axe_finds_nothing_in_two_languages_side_by_side_and_in_the_hint(
    reader: Any, path: str, scheme: str, width: int
) -> None:
    page = reader(path, width, scheme, locale="zh-CN" if path.startswith("en") else "en-US")
    expect(hint(page)).to_be_visible()
    assert violations(page, ".live-hint:not([hidden])") == []
    button(page).click()
    side_by_side(page)
    assert violations(page, ".md-content") == []


def violations(page: Page, where: str) -> list[tuple[str, list[str]]]:
    """What axe finds in that part of the page, with the first place of each."""
    found = Axe().run(
        page, context={"include": [[where]], "exclude": MATERIALS_OWN}, options={"resultTypes": ["violations"]}
    )
    return [(rule["id"], rule["nodes"][0]["target"]) for rule in found.response["violations"]]


def test_both_languages_are_printed_one_below_the_other(reader: Any) -> None:
    page = side_by_side(reader("en/locks/?side", 1280, "dark", locale="en-US"))
    page.emulate_media(media="print")
    expect(button(page)).to_be_hidden()
    block = page.locator("#why-a-lock ~ p").first
    one, two = block.bounding_box(), block.locator("+ .live-twin").bounding_box()
    assert one and two and two["y"] >= one["y"] + one["height"]


def test_the_script_is_small(site: Site) -> None:
    assert len(gzip.compress((site.folder / "assets/languages.js").read_bytes(), 9)) < 5_000


def test_every_page_leads_to_itself_in_each_language(site: Site) -> None:
    for name in NAMES:
        for language in LANGUAGES:
            path = path_of(name, language)
            found = re.findall(r'<a href="([^"]+)" lang="(\w+)"[^>]* data-twin="translated">', site.html(path))
            pages = {language: (site.folder / path / link / "index.html").resolve() for link, language in found}
            assert pages == {each: site.folder / path_of(name, each) / "index.html" for each in LANGUAGES}
