"""How fast pages are for a reader: Lighthouse's score of speed on a simulated phone, with nginx compressing them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.conftest import CHROMIUM
from tests.browser.languages import LANGUAGES, NAMES, path_of
from tests.lighthouse.test_lighthouse import IS_HERE, SCORES
from tests.nginx import NGINX, reserved, served

BOUND = 0.98
ROUNDS = 3
"""The best of these counts: whatever else the machine does can only make a page slower."""


def speeds(site: Path, pages: list[str]) -> dict[str, float]:
    """Lighthouse's score of each page's speed, from 0 to 1."""
    with TemporaryDirectory(prefix="bench-") as folder, reserved() as port, served(site, port, Path(folder)) as host:
        addresses = [host.url + page for page in pages]
        asked = subprocess.run([*SCORES, "performance", *addresses], capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in asked.stdout.splitlines()]
    return {page: one["scores"]["performance"] or 0 for page, one in zip(pages, found, strict=True)}


def reading(site: Path) -> bool:
    """Print the slowest pages, and whether all keep the bound."""
    if not (CHROMIUM and NGINX and IS_HERE):
        print("speed for readers: not measured, as that takes a Chromium, nginx and Lighthouse (make lighthouse)")
        return True
    best: dict[str, float] = {}
    pages = [path_of(name, language) for name in NAMES for language in LANGUAGES]
    for _ in range(ROUNDS):
        slow = [page for page in pages if best.get(page, 0) < BOUND]
        for page, score in speeds(site, slow).items() if slow else ():
            best[page] = max(best.get(page, 0), score)
    worst = sorted(best, key=lambda page: best[page])[:5]
    holds = all(score >= BOUND for score in best.values())
    print(f"speed for readers, {len(best)} pages: {'holds' if holds else 'MISSED'}   bound {BOUND:.2f}")
    for page in worst:
        print(f"    {best[page]:.2f}  /{page}")
    return holds


if __name__ == "__main__":
    sys.exit(0 if reading(Path(sys.argv[1] if len(sys.argv) > 1 else "site")) else 1)
