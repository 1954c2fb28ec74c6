"""Lighthouse finds nothing to mend in accessibility, best practices and what search engines want."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.browser.conftest import CHROMIUM, needs_chromium, served
from tests.conftest import ROOT, Site

FOLDER = ROOT / "tests/lighthouse"
IS_HERE = shutil.which("node") is not None and (FOLDER / "node_modules/lighthouse").is_dir()
SCORES = ["node", str(FOLDER / "scores.js"), str(CHROMIUM)]

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(
        not IS_HERE,
        reason="Lighthouse is not installed: `make lighthouse` does that where there is npm",
    ),
]


@pytest.mark.parametrize("language", ["", "en/"])
def test_lighthouse_finds_nothing_to_mend(site: Site, language: str) -> None:
    with served(site.folder) as address:
        pages = [f"{address}{language}{path}" for path in ("", "locks/", "errata/", "status/", "404.html")]
        said = subprocess.run([*SCORES, "accessibility,best-practices,seo", *pages], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    found = [json.loads(line) for line in said.stdout.splitlines()]
    assert [each["address"] for each in found] == pages
    for each in found:
        assert each["trouble"] == "", each["address"]
        assert each["lacking"] == [], each["address"]
        assert each["scores"] == {"accessibility": 1, "best-practices": 1, "seo": 1}, each["address"]
