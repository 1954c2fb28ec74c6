"""Takes the pictures in README: the replay of the home page, at a moment of which much is to be seen.

Run it with `make picture`, after a build.
"""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, opened, served
from tests.browser.languages import LANGUAGES, LOCALES, path_of
from tests.browser.test_replay import HOME, at, used
from tests.conftest import ROOT

PICTURES = ROOT / ".github/pictures"
PART_OF_THE_WAY = 0.55
"""Where on the timeline it stands, of its whole width."""
MOVE = "(slider, part) => { slider.value = slider.max * part; slider.dispatchEvent(new Event('input')) }"
WITHOUT_THE_PAGE = ".live-dock { position: static !important } .md-header { display: none }"
"""What stays at an edge of the window would lie over the picture."""


def main() -> None:
    """Write one picture for each language and colour scheme."""
    PICTURES.mkdir(exist_ok=True)
    with served(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for language in LANGUAGES:
            for scheme in ("light", "dark"):
                url = address + path_of("index", language) + at(HOME, 0)
                page, _ = opened(browser, url, 860, scheme, locale=LOCALES[language])
                program = used(page, HOME)
                program.locator("input[type=range]").evaluate(MOVE, PART_OF_THE_WAY)
                page.add_style_tag(content=WITHOUT_THE_PAGE)
                program.screenshot(path=PICTURES / f"replay-{language}-{scheme}.png", animations="disabled")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
