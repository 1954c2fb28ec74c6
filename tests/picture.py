"""Takes the pictures in README: the replay of the home page, at a moment of which much is to be seen.

Run it with `make picture`, after a build.
"""

from __future__ import annotations

import re

from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, opened, served
from tests.conftest import ROOT

PICTURES = ROOT / ".github/pictures"
REPLAY = "replay-basics-one_pen"
PART_OF_THE_WAY = 0.55
"""Where on the timeline it stands, of its whole width."""


def main() -> None:
    """Write one picture for each language and colour scheme."""
    PICTURES.mkdir(exist_ok=True)
    with served(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for language, path in (("zh", ""), ("en", "en/")):
            for scheme in ("light", "dark"):
                locale = {"zh": "zh-CN", "en": "en-US"}[language]
                url = f"{address}{path}#{REPLAY}?t=0"
                page, _ = opened(browser, url, 860, scheme, locale=locale)
                program = page.locator(".live-program", has=page.locator(f"#{REPLAY}"))
                expect(program).to_have_class(re.compile("live-used"))
                program.locator("input[type=range]").evaluate(
                    "(slider, part) => { slider.value = slider.max * part; slider.dispatchEvent(new Event('input')) }",
                    PART_OF_THE_WAY,
                )
                # It stays at the window's lower edge, whatever the picture shows.
                page.add_style_tag(content=".live-dock { position: static !important } .md-header { display: none }")
                program.screenshot(path=PICTURES / f"replay-{language}-{scheme}.png", animations="disabled")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
