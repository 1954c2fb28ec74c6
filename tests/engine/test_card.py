"""The picture that stands for a page: as large as it says, the same each time, and of the run that it is made of."""

from __future__ import annotations

import re
import struct
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from live.recording import Event, Lane, Piece, Recording
from live.rendering.card import COLORS, HEIGHT, WIDTH, card, png
from live.rendering.kept import Kept
from tests.conftest import ROOT
from tests.handmade import FILE, SECOND, US, recorded, turns

WORDMARK = (ROOT / "docs/assets/wordmark.svg").read_text(encoding="utf-8")
SVG = "{http://www.w3.org/2000/svg}"


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in pixels."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def crowd(lanes: int) -> Recording:
    """A run of so many threads, each of which prints and sleeps."""
    made = [Lane(0, "main", "process", None, 0, 1, 0, 2 * SECOND)]
    made += [Lane(number, f"Thread-{number}", "thread", 0, 0, 1, number * US, SECOND) for number in range(1, lanes)]
    events = [Event(lane.start + 1, lane.number, "line", 0, 1) for lane in made]
    events += [Event(number * US + SECOND // 2, number, "wait", what="sleep") for number in range(lanes)]
    output = [Piece(number * US + 2, "hello\n", number) for number in range(lanes)]
    return recorded(lanes=tuple(made), files=(FILE,), events=tuple(events), output=tuple(output))


def test_it_is_as_large_as_it_says_and_the_same_each_time() -> None:
    pictures = {png(card(turns(), WORDMARK)) for _ in range(2)}
    assert len(pictures) == 1
    assert size(pictures.pop()) == (WIDTH, HEIGHT)


def test_it_shows_the_lanes_of_the_run_in_their_colours_and_the_lock_that_went_from_one_to_the_other() -> None:
    drawn = ElementTree.fromstring(card(turns(), WORDMARK))
    groups = drawn.findall(f"{SVG}g")
    lanes = groups[0].findall(f"{SVG}g")
    assert [lane.get("stroke") for lane in lanes] == list(COLORS[:2])
    marks = [Counter(path.get("class") for path in lane) for lane in lanes]
    assert marks[0]["live-sleeps"] == marks[0]["live-held"] == 1, "main sleeps while it holds the lock"
    assert marks[1]["live-waits"] == 1
    (line, head) = groups[1].findall(f"{SVG}path")
    assert line.get("stroke-dasharray") is None, "the line of a lock, not that of a signal"
    assert head.get("fill")


@pytest.mark.parametrize("lanes", [1, 2, 14, 15, 500])
def test_any_number_of_lanes_lies_within_the_picture(lanes: int) -> None:
    drawn = ElementTree.fromstring(card(crowd(lanes), WORDMARK))
    group = drawn.findall(f"{SVG}g")[0]
    moved = re.fullmatch(r"translate\((\S+) (\S+)\) scale\((\S+) (\S+)\)", group.get("transform") or "")
    assert moved
    left, top, right, down = map(float, moved.groups())
    paths = "".join(path.get("d") or "" for path in group.iter(f"{SVG}path"))
    places = [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)", paths)]
    ends = [float(x) for x in re.findall(r"H([\d.]+)", paths)]
    assert places and all(left <= left + x * right <= WIDTH - left for x in [*ends, *(x for x, _ in places)])
    assert all(170 <= top + y * down <= HEIGHT - 40 for _, y in places)


@pytest.mark.parametrize("run", [None, replace(turns(), lanes=(), events=())])
def test_where_there_is_no_run_to_show_there_is_the_wordmark(run: Recording | None) -> None:
    drawn = ElementTree.fromstring(card(run, WORDMARK))
    assert len(drawn.findall(f"{SVG}svg/{SVG}svg/{SVG}path")) == 2
    assert not drawn.findall(f"{SVG}g")
    assert size(png(card(run, WORDMARK))) == (WIDTH, HEIGHT)


def test_no_font_is_needed() -> None:
    assert not [element.tag for element in ElementTree.fromstring(card(turns(), WORDMARK)).iter(f"{SVG}text")]


def test_its_colours_are_those_of_the_page() -> None:
    light, _, _ = (ROOT / "docs/assets/timeline.css").read_text(encoding="utf-8").partition("@media")
    assert re.findall(r"--live-color-\d: (#\w+);", light) == list(COLORS)


def test_it_is_kept_like_the_texts_made_of_a_recording(tmp_path: Path) -> None:
    kept, made = Kept(tmp_path), []

    def make() -> bytes:
        made.append(png(card(turns(), WORDMARK)))
        return made[-1]

    assert kept.data(turns(), "card", make) == kept.data(turns(), "card", make)
    assert len(made) == 1
