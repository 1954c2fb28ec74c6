"""What pages may load and run is said in them, and a browser keeps to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from live.site.policy import with_policy
from tests.browser.conftest import needs_chromium, new_page, opened
from tests.conftest import Site

POLICY = re.compile(r'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="([^"]+)">')
EVALUATES = """new Promise((done) => setTimeout(() => {
  try { done(eval("1")); } catch { done("refused"); }
}))"""


def policy(html: str) -> dict[str, list[str]]:
    (found,) = POLICY.findall(html)
    parts = (part.split() for part in found.replace("&#39;", "'").split(";"))
    return {name: values for name, *values in parts}


def test_every_page_allows_no_script_but_those_of_the_site_and_its_own_by_hash(site: Site) -> None:
    pages = list(site.folder.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        html = page.read_text(encoding="utf-8")
        allowed = policy(html)
        assert allowed["default-src"] == ["'none'"], page
        assert allowed["script-src"][:2] == ["'self'", "file:"], page
        hashes = allowed["script-src"][2:]
        assert all(one.startswith("'sha256-") for one in hashes), page
        assert len(hashes) == len(set(re.findall(r"<script>(.*?)</script>", html, re.DOTALL))), page
        assert "'unsafe-eval'" not in str(allowed), page
        assert [name for name, values in allowed.items() if "'unsafe-inline'" in values] == [
            "style-src",
            "style-src-attr",
        ]
        assert not re.search(r"<[^>]+\son[a-z]+=", html), "a handler in an attribute would not run"


def test_the_hash_is_that_of_the_script_and_data_has_none() -> None:
    page = with_policy('<meta charset="utf-8"><script>1</script><script src="a"></script><script type="x/y">2</script>')
    # printf 1 | openssl dgst -sha256 -binary | base64
    assert policy(page)["script-src"] == ["'self'", "file:", "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"]


@needs_chromium
@pytest.mark.parametrize("path", ["locks/", "en/errata/"])
def test_what_somebody_got_into_a_page_neither_runs_nor_loads(browser: Browser, address: str, path: str) -> None:
    page, trouble = opened(browser, address + path, 1280, "light")
    assert trouble == []
    blocked: dict[str, str | None] = {}
    page.on("requestfailed", lambda request: blocked.update({request.url: request.failure}))
    page.evaluate("""() => {
      const add = (tag, properties) => document.body.append(Object.assign(document.createElement(tag), properties));
      add("script", { textContent: "window.ran = 1" });
      add("script", { src: "https://elsewhere.example/x.js" });
      add("img", { src: "https://elsewhere.example/x.png" });
      add("a", { id: "tempting", href: "javascript:window.ran = 2", textContent: "here" });
      document.getElementById("tempting").click();
      fetch("https://elsewhere.example/").catch(() => (window.refused = 1));
    }""")
    expect(page.locator("#tempting")).to_be_attached()
    assert page.evaluate("new Promise((done) => setTimeout(() => done(window.ran), 0))") is None
    assert page.evaluate("(async () => { while (!window.refused) await new Promise(requestAnimationFrame) })()") is None
    asked = {message.removeprefix("asks ") for message in trouble if message.startswith("asks ")}
    assert asked == {"https://elsewhere.example/x.js", "https://elsewhere.example/x.png"}
    assert blocked == dict.fromkeys(asked, "csp")
    # In a timer, since what the debugger itself runs may do everything.
    assert page.evaluate(EVALUATES) == "refused"
    page.context.close()


@needs_chromium
def test_opened_from_the_disk_a_page_has_its_styles_scripts_and_replays(browser: Browser, site: Site) -> None:
    page = new_page(browser, viewport={"width": 1280, "height": 900})
    trouble: list[str] = []
    page.on("console", lambda message: message.type == "error" and trouble.append(message.text))
    page.goto(Path(site.folder, "en/locks/index.html").as_uri(), wait_until="load")
    page.locator(".live-dock").first.press("ArrowRight")
    expect(page.locator(".live-used")).to_have_count(1)
    assert [text for text in trouble if "Security" in text] == []
    page.context.close()
