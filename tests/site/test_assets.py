"""Each page loads one style sheet, in which is what applies of all of them, and small scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from live.adapter.assets import THEMES
from live.site.styles import name_of, one_sheet
from live.site.used import Names, Sheet
from tests.conftest import ROOT, Site
from tests.project import Project

LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def test_every_page_links_one_sheet_named_after_what_is_in_it(site: Site) -> None:
    sheets = set()
    for page in site.folder.rglob("*.html"):
        link, *_ = LINK.findall(page.read_text(encoding="utf-8"))
        sheets.add((page.parent / link).resolve() if link.startswith("..") else site.folder / link.lstrip("/"))
    (sheet,) = {file.resolve() for file in sheets}
    assert sheet.name == Path(name_of(sheet.read_text(encoding="utf-8"))).name


def test_the_sheet_is_what_the_pages_can_use_of_all_sheets_in_their_order(site: Site) -> None:
    listed = re.findall(r"assets/\w+\.css", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    own = [ROOT / "docs" / name for name in listed]
    assert len(own) >= 4
    (sheet,) = site.folder.glob("assets/stylesheets/site.*.css")
    theme = [file for name in THEMES for file in sheet.parent.glob(f"{name}.*.css")]
    assert len(theme) == len(THEMES)
    everything = one_sheet(file.read_text(encoding="utf-8") for file in [*theme, *own])
    pages = (page.read_text(encoding="utf-8") for page in site.folder.rglob("*.html"))
    scripts = (
        script.read_text(encoding="utf-8")
        for script in site.folder.rglob("*.js")
        if "lunr" not in script.parts and "replay" not in script.parts
    )
    kept = Sheet.of(everything).used(Names.within(pages, scripts))
    assert set(sheet.read_text(encoding="utf-8").split("}")) <= set(kept.split("}"))
    assert sheet.stat().st_size < 0.8 * len(everything.encode())


def test_what_only_a_whole_sheet_may_say_is_left_out() -> None:
    made = one_sheet(['@charset "UTF-8";a{b:c}\n/*# sourceMappingURL=a.css.map */', "p { q: r }\n"])
    assert made == "a{b:c}\np { q: r }\n"
    assert name_of(made) != name_of(made + " ")


def used(css: str, *pages: str, script: str = "") -> str:
    return Sheet.of(css).used(Names.within(pages, [script]))


def test_a_rule_stays_if_a_page_or_a_script_has_its_names() -> None:
    css = ".a{x:y} .b .c{x:y} #d>e{x:y} .f{x:y} g{x:y} .h.i{x:y}"
    assert used(css, '<p class="a c" id="d"><p class="z b">', script="add('f')") == (
        ".a{x:y}.b .c{x:y}#d>e{x:y}.f{x:y}g{x:y}"
    )


def test_of_a_list_of_selectors_those_stay_that_can_apply() -> None:
    assert used(".a:hover , .gone::after, b .a{x:y}", '<p class="a">') == ".a:hover,b .a{x:y}"


def test_what_must_not_be_or_may_be_is_not_missed() -> None:
    css = ".a:not(.gone){x:y} .a:is(.b,.gone){x:y} .a:has(>.gone){x:y} a[data-gone=x]{x:y}"
    assert used(css, '<p class="a">') == css.replace("} ", "}")


def test_of_tabs_side_by_side_there_are_as_many_as_a_page_has() -> None:
    css = "".join(
        f".tabbed-set>:nth-child({place})~.tabbed-labels>:nth-child({place}){{x:y}}li:nth-child({place}){{x:y}}"
        for place in ("1", "2", "3", "odd")
    )
    tabs = '<div class="tabbed-set" data-tabs="{}"><p class="tabbed-labels">'
    without_the_third = css.replace(".tabbed-set>:nth-child(3)~.tabbed-labels>:nth-child(3){x:y}", "")
    assert used(css, tabs.format("1:1"), tabs.format("3:2")) == without_the_third != css
    assert used(css, tabs.format("1:3"), '<p class="a">') == css


def test_tables_without_a_class_are_those_without_one_that_tables_have() -> None:
    css = "table:not([class]) td>*{x:y}"
    assert used(css, '<table><table class="b a"><p class="c">') == "table:not(.a,.b) td>*{x:y}"
    assert used(css, "<table>") == css


def test_rules_under_a_condition_are_looked_at_one_by_one() -> None:
    css = "@media (min-width: 1px) { .a { x: y } .gone { x: y } } @media print{.gone{x:y}} @keyframes k{to{x:y}}"
    assert used(css, '<p class="a">') == "@media (min-width: 1px){.a{x:y}}@keyframes k{to{x:y}}"


def test_a_property_stays_if_something_asks_for_it() -> None:
    css = ":root{--a:1;--b:url('x;y');--c:2;--gone:3} p{x:var(--a);y:var( --b , 1)!important} .gone{x:var(--gone)}"
    kept = used(css, script="style.getPropertyValue('--c')")
    assert kept == ':root{--a:1;--b:url("x;y");--c:2}p{x:var(--a);y:var( --b , 1)!important}'


def test_comments_go_and_strings_stay() -> None:
    assert used('p::before /* a */ { content: "a  b; }" ; /* c */ d: e }') == 'p::before{content:"a  b; }";d:e}'


def test_scripts_are_made_small(site: Site) -> None:
    own = list((ROOT / "docs").rglob("*.js"))
    assert len(own) >= 4
    for script in own:
        made = site.folder / script.relative_to(ROOT / "docs")
        assert made.stat().st_size < 0.9 * script.stat().st_size, script


def test_a_sheet_that_is_none_is_told_with_its_line(project: Project) -> None:
    file = project.root / "mkdocs.yml"
    sheets = "plugins:\n  - live-assets: {sheets: [assets/odd.css]}\n"
    file.write_text(file.read_text(encoding="utf-8").replace("plugins:\n", sheets), encoding="utf-8")
    (project.root / "docs/assets").mkdir()
    (project.root / "docs/assets/odd.css").write_text(".a { x: y } }\n.b", encoding="utf-8")
    built = project.build("--strict")
    assert built.returncode != 0
    (line,) = [line for line in built.output.splitlines() if "live-assets" in line]
    assert "cannot read the style sheets" in line


@pytest.mark.parametrize(("theme", "said"), [("material", "assets/gone.css"), ("mkdocs", "main.*.min.css")])
def test_a_sheet_that_is_not_there_is_named(project: Project, theme: str, said: str) -> None:
    file = project.root / "mkdocs.yml"
    material = "name: material, font: false, language: zh"
    text = file.read_text(encoding="utf-8").replace(material, material if theme == "material" else f"name: {theme}")
    sheets = "plugins:\n  - live-assets: {sheets: [assets/gone.css]}\n"
    file.write_text(text.replace("plugins:\n", sheets), encoding="utf-8")
    project.page("zh/index.md", "# 页\n")
    built = project.build("--strict")
    assert built.returncode != 0
    (line,) = [line for line in built.output.splitlines() if "live-assets" in line]
    assert said in line
