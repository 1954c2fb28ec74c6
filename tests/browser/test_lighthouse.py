"""Lighthouse finds nothing to mend in accessibility, best practices and what search engines want."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.browser.conftest import CHROMIUM, needs_chromium
from tests.conftest import ROOT

FOLDER = ROOT / "tests/lighthouse"

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(
        shutil.which("node") is None or not (FOLDER / "node_modules/lighthouse").is_dir(),
        reason="Lighthouse is not installed: `make lighthouse` does that where there is npm",
    ),
]


@pytest.mark.parametrize("path", ["", "locks/", "errata/", "status/", "404.html"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_lighthouse_finds_nothing_to_mend(address: str, language: str, path: str) -> None:
    page = f"{address}{language}{path}"
    said = subprocess.run(["node", str(FOLDER / "scores.js"), str(CHROMIUM), page], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    (found,) = (json.loads(line) for line in said.stdout.splitlines())
    assert found["address"] == page
    assert found["trouble"] == ""
    assert found["lacking"] == []
    assert found["scores"] == {"accessibility": 1, "best-practices": 1, "seo": 1}
