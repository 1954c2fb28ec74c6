"""The page that stands where there is none, on a host that knows one such page for all addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OVERFLOWING, Files, needs_chromium, new_page, served
from tests.conftest import BELOW, Site
from tests.project import Built

pytestmark = needs_chromium


class Host(Files):
    """Answers as GitHub Pages does: with the first 404.html of the site and status 404 for whatever is not there."""

    below = "/"

    def translate_path(self, path: str) -> str:
        inside = urlsplit(path).path.startswith(self.below)
        return super().translate_path("/" + path.removeprefix(self.below)) if inside else "/nowhere"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@contextmanager
def hosted(folder: Path, below: str) -> Iterator[str]:
    """The address of the site, which lies below that path of its host."""
    with served(folder, type("Handler", (Host,), {"below": below})) as address:
        yield address.removesuffix("/") + below


@pytest.fixture(scope="module")
def root(site: Site) -> Iterator[str]:
    with hosted(site.folder, "/") as address:
        yield address


@pytest.fixture(scope="module")
def below(trilingual: Built) -> Iterator[str]:
    with hosted(trilingual.folder, urlsplit(BELOW).path) as address:
        yield address


@pytest.fixture(params=["root", "below"])
def address(request: pytest.FixtureRequest) -> str:
    """Of the real site, and of a small one below the root of its host."""
    return str(request.getfixturevalue(request.param))


@contextmanager
def lost(browser: Browser, url: str, *, width: int = 1280, scheme: str = "light", **context: object) -> Iterator[Page]:
    """The page at an address where there is none; nothing but that goes wrong."""
    page = new_page(browser, viewport={"width": width, "height": 900}, color_scheme=scheme, **context)
    trouble: list[str] = []
    page.on("response", lambda answer: answer.ok or url.startswith(answer.url) or trouble.append(f"gets {answer.url}"))
    page.on("request", lambda request: request.url.startswith(url[:17]) or trouble.append(f"asks {request.url}"))
    page.on("pageerror", lambda error: trouble.append(f"throws {error}"))
    answer = page.goto(url, wait_until="networkidle")
    assert trouble == []
    assert answer
    assert answer.status == 404
    assert page.url == url, "the reader can see and mend what was mistyped"
    yield page
    page.context.close()


def is_in(page: Page, language: str, title: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1:visible")).to_have_text([title])
    assert title in page.title()


ZH, EN = "没有这个页面", "There is no such page"


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("nothing", "zh", ZH),
        ("locks/nothing/", "zh", ZH),
        ("english/", "zh", ZH),
        ("constructor/x", "zh", ZH),
        ("en/nothing", "en", EN),
        ("en/locks/nothing/here.html?a=1#b", "en", EN),
    ],
)
def test_it_is_in_the_language_of_the_address(
    browser: Browser, address: str, path: str, language: str, title: str
) -> None:
    with lost(browser, address + path) as page:
        is_in(page, language, title)
        home = {"zh": address, "en": f"{address}en/"}
        switch = page.locator(".md-select__link")
        links = {link.get_attribute("hreflang"): link.evaluate("link => link.href") for link in switch.all()}
        assert home.items() <= links.items(), "there is no translation to switch to"
        page.locator(".md-content").get_by_role(
            "link", name={"zh": "去首页", "en": "Go to the start page"}[language]
        ).click()
        page.wait_for_url(home[language], wait_until="commit")
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_language_without_words_of_its_own_says_it_in_english(browser: Browser, below: str) -> None:
    with lost(browser, f"{below}fr/nothing") as page:
        is_in(page, "fr", EN)
        expect(page.locator("article")).to_have_attribute("lang", "en")
        expect(page.locator("title")).to_have_attribute("lang", "en")
        expect(page.locator(".live-other")).to_have_attribute("lang", "zh")
        page.locator("article").get_by_role("link", name="Go to the start page").click()
        page.wait_for_url(f"{below}fr/", wait_until="commit")


@pytest.mark.parametrize("path", ["nothing", "en/nothing"])
def test_its_links_lead_to_the_pages_of_its_language(browser: Browser, address: str, path: str) -> None:
    with lost(browser, address + path) as page:
        links = page.locator("article ul a").evaluate_all("links => links.map(link => link.href)")
        home = address + path.removesuffix("nothing")
        assert {home, f"{home}locks/"} <= {*links}
        assert len({*links}) == len(links)
        for link in links:
            assert page.request.get(link).status == 200, link
            assert link.startswith(home)


@pytest.mark.parametrize(("path", "text"), [("x/y", "锁"), ("en/x/y", "start")])
def test_one_can_search_there(browser: Browser, address: str, path: str, text: str) -> None:
    with lost(browser, address + path) as page:
        page.keyboard.press("s")
        field = page.get_by_role("dialog").get_by_role("textbox")
        expect(field).to_be_focused()
        field.press_sequentially(text)
        field.dispatch_event("keyup")  # typing Chinese by automation sends none
        found = page.locator(".md-search-result__link").first
        expect(found).to_be_visible()
        found.evaluate("(link) => link.click()")  # in one go: the list is made anew when programs have come
        page.wait_for_url(lambda url: url.startswith(address) and "/x/" not in url, wait_until="commit")
        expect(page.locator("h1:visible")).to_be_visible()


@pytest.mark.parametrize(("path", "text"), [("x", "锁"), ("en/x", "start")])
def test_its_own_field_leads_to_the_search_of_the_first_page(
    browser: Browser, address: str, path: str, text: str
) -> None:
    with lost(browser, address + path, width=390) as page:
        page.locator("article").get_by_role("searchbox").fill(text)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "?q=" in url)
        expect(page.get_by_role("dialog").get_by_role("textbox")).to_have_value(text)
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert page.url.startswith(address + path.removesuffix("x"))


@pytest.mark.parametrize("path", ["nothing", "en/nothing"])
def test_without_javascript_it_says_the_most_necessary_in_all_languages(
    browser: Browser, address: str, path: str
) -> None:
    with lost(browser, address + path, java_script_enabled=False) as page:
        expect(page.locator("h1:visible")).to_have_text(ZH)
        english = page.locator("p[lang=en]")
        expect(english).to_contain_text(EN)
        assert english.get_by_role("link").evaluate("link => link.href") == f"{address}en/"
        expect(page.locator(".live-find")).to_be_hidden()


def test_it_stays_as_it_is_where_that_of_the_other_language_cannot_be_had(browser: Browser, address: str) -> None:
    url = f"{address}en/nothing"
    page = new_page(browser)
    page.route("**/en/404.html", lambda route: route.abort())
    page.goto(url, wait_until="networkidle")
    is_in(page, "zh", ZH)
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["nothing", "en/nothing"])
def test_nothing_overflows(browser: Browser, root: str, path: str, width: int, scheme: str) -> None:
    with lost(browser, root + path, width=width, scheme=scheme) as page:
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
