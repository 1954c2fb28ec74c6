"""Nothing of the notes is lost: the map has a place for each point, the errata have a run for each correction."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from live.pages.scan import uses
from tests.conftest import ROOT, Site
from tests.project import outputs
from tests.settled import settled_pages

LANGUAGES = ("zh", "en")
LINES_OF_THE_NOTES = 260
STATES = {"保留": "kept", "更正": "corrected", "扩展": "extended"}
ERRATA = 35

_ROW = re.compile(
    r"^\| (?P<first>\d+)(?:–(?P<last>\d+))? \| .+? \| \[[^\]]+\]\((?P<page>[\w-]+\.md)#(?P<id>[\w-]+)\)"
    r" \| (?P<state>\S+) \| (?:\[(?P<entry>\d+)\]\(errata\.md#entry-(?P=entry)\)|–) \|$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Point:
    """A row of the map."""

    lines: range
    """Lines of the notes, from 1."""
    page: str
    id: str
    state: str
    entry: int | None
    """Number of its entry on the errata page."""
    section: str
    """Id of the section of the map that it stands in."""


def source(language: str, page: str) -> str:
    return (ROOT / "docs" / language / page).read_text(encoding="utf-8")


def url(language: str, page: str) -> str:
    name = page.removesuffix(".md").removesuffix("index")
    return name if language == "zh" else f"en/{name}".rstrip("/")


def points(language: str) -> list[Point]:
    """All rows of the map; a row that cannot be read is an error, not a row less."""
    found = []
    for part in re.split(r"^## ", source(language, "notes.md"), flags=re.MULTILINE)[1:]:
        section = re.findall(r"\{#([\w-]+)\}", part)[0]
        rows = [line for line in part.splitlines() if line.startswith("|")][2:]
        for row in rows:
            match = _ROW.match(row)
            assert match, f"cannot be read: {row}"
            first, entry = int(match["first"]), match["entry"]
            lines = range(first, int(match["last"] or first) + 1)
            state = STATES.get(match["state"], match["state"])
            found.append(Point(lines, match["page"], match["id"], state, int(entry) if entry else None, section))
    return found


def entries(language: str) -> dict[int, str]:
    """Number → text of each entry of the errata page."""
    parts = re.split(r"^### (\d+)\. ", source(language, "errata.md"), flags=re.MULTILINE)[1:]
    return {int(number): text for number, text in zip(parts[::2], parts[1::2], strict=True)}


def test_every_line_of_the_notes_has_a_place() -> None:
    covered = {line for point in points("zh") for line in point.lines}
    assert covered == set(range(1, LINES_OF_THE_NOTES + 1))


def test_the_points_stand_in_the_order_of_the_notes() -> None:
    ends = [point.lines.stop for point in points("zh")]
    assert ends == sorted(ends)


@pytest.mark.skipif("zh/notes.md" not in settled_pages(), reason="the map is being changed in one language alone")
def test_both_languages_have_the_same_map() -> None:
    assert points("zh") == points("en")
    assert {point.state for point in points("zh")} == set(STATES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_place_exists_and_its_page_links_back(site: Site, language: str) -> None:
    for point in points(language):
        assert f'id="{point.id}"' in site.html(url(language, point.page)), f"{point.page}#{point.id}"
        assert f"notes.md#{point.section}" in source(language, point.page), point.page
    assert "](notes.md" in source(language, "errata.md")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_corrected_has_an_entry_in_the_errata(language: str) -> None:
    mapped = {point.entry for point in points(language) if point.entry}
    corrected = [point for point in points(language) if point.state == "corrected"]
    assert all(point.entry for point in corrected)
    assert mapped == set(entries(language)) == set(range(1, ERRATA + 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_entry_has_its_source_its_chapter_and_a_program_that_ran(site: Site, language: str) -> None:
    built = site.html(url(language, "errata.md"))
    assert len(outputs(built)) == ERRATA
    for number, text in entries(language).items():
        (use,) = uses(text, "errata.md")
        (chapter,) = set(re.findall(r"\]\(([\w-]+\.md)#[\w-]+\)", text))
        assert (use.path or "") in {other.path for other in uses(source(language, chapter), chapter)}, number
        assert number == 1 or re.search(r"\]\(https?://", text), f"entry {number} has no source"


def test_every_page_of_a_chapter_links_to_its_errata() -> None:
    for language in LANGUAGES:
        for point in points(language):
            if point.entry:
                assert re.search(r"\]\(errata\.md(#[\w-]+)?\)", source(language, point.page)), point.page
