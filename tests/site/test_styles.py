"""Each page loads one style sheet, in which all of them are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from live.adapter.styles import THEMES
from live.site.styles import name_of, one_sheet
from tests.conftest import ROOT, Site
from tests.project import Project

LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def test_every_page_links_one_sheet_with_all_rules_in_their_order(site: Site) -> None:
    listed = re.findall(r"assets/\w+\.css", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    own = [ROOT / "docs" / name for name in listed]
    assert len(own) >= 4
    sheets = set()
    for page in site.folder.rglob("index.html"):
        (link,) = LINK.findall(page.read_text(encoding="utf-8"))
        sheets.add((page.parent / link).resolve())
    (sheet,) = sheets
    text = sheet.read_text(encoding="utf-8")
    theme = [file for name in THEMES for file in sheet.parent.glob(f"{name}.*.css")]
    assert len(theme) == len(THEMES)
    parts = [one_sheet([file.read_text(encoding="utf-8")]).strip() for file in [*theme, *own]]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert sheet.name == Path(name_of(text)).name, "another sheet would have another name"


def test_what_only_a_whole_sheet_may_say_is_left_out() -> None:
    made = one_sheet(['@charset "UTF-8";a{b:c}\n/*# sourceMappingURL=a.css.map */', "p { q: r }\n"])
    assert made == "a{b:c}\np { q: r }\n"
    assert name_of(made) != name_of(made + " ")


@pytest.mark.parametrize(("theme", "said"), [("material", "assets/gone.css"), ("mkdocs", "main.*.min.css")])
def test_a_sheet_that_is_not_there_is_named(project: Project, theme: str, said: str) -> None:
    file = project.root / "mkdocs.yml"
    material = "name: material, font: false, language: zh"
    text = file.read_text(encoding="utf-8").replace(material, material if theme == "material" else f"name: {theme}")
    sheets = "plugins:\n  - live-styles: {sheets: [assets/gone.css]}\n"
    file.write_text(text.replace("plugins:\n", sheets), encoding="utf-8")
    project.page("zh/index.md", "# 页\n")
    built = project.build("--strict")
    assert built.returncode != 0
    (line,) = [line for line in built.output.splitlines() if "live-styles" in line]
    assert said in line
