"""What the player loads: all of a recording that it shows, small, and thinned where it would not be."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest

from live.recording import Event, Lane, Piece, Recording, Thing
from live.rendering import replay as replay_module
from live.rendering.kept import Kept
from live.rendering.lanes import names, short_names
from live.rendering.printed import lines
from live.rendering.replay import LARGEST, replay_script
from live.rendering.thinning import thinned
from live.replay.handovers import handovers, holds
from live.replay.spans import READY, RUNS, Span, spans
from tests.handmade import FILE, LOCK, MAIN, SECOND, US, WORKER, recorded, turns


def data_of(recording: Recording) -> dict[str, Any]:
    """What the script calls the player with."""
    script = replay_script(recording)
    assert script.startswith("liveReplay(") and script.endswith(");\n")
    return json.loads(script.removeprefix("liveReplay(").removesuffix(");\n"))


def rows(numbers: list[int], width: int) -> list[tuple[int, ...]]:
    """Rows of that width, of which the first number is a difference to the one of the row before."""
    found = [tuple(numbers[start : start + width]) for start in range(0, len(numbers), width)]
    firsts = accumulate(row[0] for row in found)
    return [(first, *row[1:]) for first, row in zip(firsts, found, strict=True)]


def times(data: dict[str, Any]) -> list[int]:
    return list(accumulate(data["t"]))


def lane(number: int, **changes: Any) -> Lane:
    made = Lane(number, f"Thread-{number} (work)", "thread", 0 if number else None, 0, 1, 0, SECOND)
    return replace(made, **changes)


def test_a_program_without_lanes_has_no_replay() -> None:
    assert replay_script(recorded(output=(Piece(5, "measured\n"),))) == ""


def test_every_span_is_in_the_data_with_its_times_to_the_microsecond() -> None:
    recording = turns()
    data = data_of(recording)
    found = []
    for number, changes in enumerate(data["spans"]):
        for (start, place), (end, _) in pairwise(rows(changes, 2)):
            found.append((number, times(data)[start], times(data)[end], *data["places"][place]))
    expected = []
    for one in spans(recording):
        what = (one.state, one.file, one.line, one.what, one.thing, one.other)
        expected.append((one.lane, round(one.start / 1000), round(one.end / 1000), *what))
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_a_lane_is_nowhere_after_its_end() -> None:
    for changes in data_of(turns())["spans"]:
        assert rows(changes, 2)[-1][1] == -1


def test_holds_and_handovers_are_in_the_data() -> None:
    recording = turns()
    data = data_of(recording)
    at = {time: moment for moment, time in enumerate(times(data))}
    first, second = holds(recording)
    assert rows(data["holds"][LOCK], 3) == [
        (at[first.start // 1000], MAIN, 1),
        (at[first.end // 1000], MAIN, 0),
        (at[second.start // 1000], WORKER, 1),
        (at[second.end // 1000], WORKER, 0),
    ]
    assert [
        (kind, source, target, times(data)[at], thing) for kind, source, target, at, thing in data["handovers"]
    ] == [(one.kind, one.source, one.target, one.until // 1000, one.thing) for one in handovers(recording)]


def test_every_part_of_the_output_has_its_moment_and_its_lane() -> None:
    data = data_of(turns())
    assert [(times(data)[moment], lane) for moment, lane in rows(data["printed"], 2)] == [
        (3 * SECOND // 1000 + 100, WORKER),
        (3 * SECOND // 1000 + 250, MAIN),
    ]


def test_what_happens_within_a_microsecond_keeps_its_order() -> None:
    events = tuple(Event(SECOND + nanosecond, 0, "line", 0, nanosecond) for nanosecond in range(1, 6))
    data = data_of(recorded(lanes=(lane(0, end=2 * SECOND),), files=(FILE,), events=events))
    moments = times(data)
    assert all(before < after for before, after in pairwise(moments))
    lines_in_order = [data["places"][place][2] for _, place in rows(data["spans"][0], 2) if place >= 0]
    assert [line for line in lines_in_order if line] == [1, 2, 3, 4, 5]
    assert max(abs(moment * 1000 - SECOND) for moment in moments[1:6]) < 6 * US


def busy(visits: int) -> Recording:
    """A lane that goes round two lines, and now and then waits and prints; no two stretches are equally long."""
    events, output, now = [], [], 0
    for visit in range(visits):
        now += 1000 + visit * visit * 7919 % 1_000_003
        events.append(Event(now, 0, "line", 0, 5 + visit % 2))
        if visit % 1000 == 0:
            events += [Event(now + 10, 0, "wait", what="lock", thing=0), Event(now + 400, 0, "go", result=True)]
            events += [
                Event(now + 500, 0, "acquire", thing=0, depth=1),
                Event(now + 900, 0, "release", thing=0, depth=0),
            ]
            output.append(Piece(now + 950, f"{visit}\n", 0))
    made = recorded(
        lanes=(lane(0, end=now + 1000),),
        files=(FILE,),
        things=(Thing("lock", "lock"),),
        events=tuple(events),
        output=tuple(output),
    )
    return replace(made, duration=now + 1000)


def test_too_much_for_a_page_is_thinned_but_waits_holds_and_output_never() -> None:
    recording = busy(30_000)
    script = replay_script(recording)
    assert len(gzip.compress(script.encode(), 9)) <= LARGEST
    data = data_of(recording)
    assert data["left"] > 0
    waits = [place for _, place in rows(data["spans"][0], 2) if place >= 0 and data["places"][place][0] == "waits"]
    assert len(waits) == len(data["printed"]) // 2 == 30
    assert len(data["holds"][0]) // 3 == 60


def test_what_is_small_enough_is_not_thinned() -> None:
    assert data_of(turns())["left"] == 0


def ping_pong(rounds: int) -> Recording:
    """Two lanes that wake each other again and again: waits and hand-overs, and nothing that could be left out."""
    events = [Event(0, 0, "begin"), Event(1, 1, "begin")]
    for number in range(rounds):
        at = 1000 + number * 10_000 + number * number * 7919 % 9973
        for lane_number in (0, 1):
            events += [
                Event(at, lane_number, "line", 0, 5 + lane_number),
                Event(at + 100, 1 - lane_number, "signal", thing=1 - lane_number),
                Event(at + 200, lane_number, "wait", what="event", thing=lane_number),
                Event(at + 4000, 1 - lane_number, "go", result=True),
            ]
            at += 4001
    lanes = (lane(0), lane(1))
    things = (Thing("event", "ping"), Thing("event", "pong"))
    return recorded(lanes=lanes, things=things, files=(FILE,), events=tuple(sorted(events, key=lambda one: one.at)))


def test_waits_without_end_are_shown_as_a_loop_after_the_first() -> None:
    recording = ping_pong(4000)
    script = replay_script(recording)
    assert len(gzip.compress(script.encode(), 9)) <= LARGEST
    data = data_of(recording)
    for number in (0, 1):
        states = [data["places"][place][0] for _, place in rows(data["spans"][number], 2) if place >= 0]
        assert states.count("waits") > 50
        assert "hot" in states[-3:]
    assert data["left"] > 10_000
    assert len(data["handovers"]) < 200


def test_a_replay_that_cannot_be_made_small_enough_is_still_made(monkeypatch) -> None:
    monkeypatch.setattr(replay_module, "LARGEST", 10)
    assert data_of(turns())["lanes"]


def test_thinning_begins_with_the_hottest_line_and_leaves_no_hole() -> None:
    calm, hot = [Span(0, n, n + 1, RUNS, 0, 1) for n in range(2)], []
    for n in range(2, 100):
        hot.append(Span(0, n, n + 1, RUNS if n % 2 else READY, 0, 7))
    fewer = thinned([*calm, *hot, Span(0, 100, 101, "waits", 0, 7, "lock", 0)])
    assert [(span.start, span.end, span.line, span.state) for span in fewer] == [
        (0, 1, 1, RUNS),
        (1, 2, 1, RUNS),
        (2, 100, 7, READY),
        (100, 101, 7, "waits"),
    ]


def test_names_lose_the_function_they_run_unless_that_tells_them_apart() -> None:
    lanes = (
        lane(0, name="main"),
        lane(1, name="Thread-1 (work)"),
        lane(2, name="Thread-1 (rest)"),
        lane(3, name="Thread-2 (work)"),
    )
    assert names(recorded(lanes=lanes)) == ["main", "Thread-1 (work)", "Thread-1 (rest)", "Thread-2"]


def test_short_names_are_short_and_no_two_alike() -> None:
    called = ("main", "Thread-1", "Thread-12", "SpawnProcess-3", "Task-1", "musician", "musicians", "f-1", "1")
    lanes = tuple(lane(number, name=name) for number, name in enumerate(called))
    assert short_names(recorded(lanes=lanes)) == ["main", "T1", "T12", "SP3", "#4", "music", "#6", "F1", "1"]


def line_texts(*pieces: Piece) -> list[list[tuple[str, int | None]]]:
    recording = recorded(lanes=(lane(0), lane(1)), output=pieces)
    return [[(part.stretch.text, part.lane) for part in line.parts] for line in lines(recording)]


def test_a_line_torn_between_two_lanes_keeps_whose_each_part_is() -> None:
    torn = line_texts(Piece(1, "from ", 0), Piece(2, "other", 1), Piece(3, " me\nnext", 0), Piece(4, "\n", 1))
    assert torn == [[("from ", 0), ("other", 1), (" me", 0)], [("next", 0)]]


def test_empty_lines_belong_to_the_lane_that_ended_them() -> None:
    assert line_texts(Piece(1, "a\n", 0), Piece(2, "\n", 1), Piece(3, "b\n\n", 0)) == [
        [("a", 0)],
        [("", 1)],
        [("b", 0)],
        [("", 0)],
    ]


def test_an_ansi_code_that_arrives_in_two_pieces_is_still_a_code() -> None:
    ((first, second),) = line_texts(Piece(1, "a\x1b[3", 0), Piece(2, "1mred\x1b[0m\n", 1))
    assert (first, second) == (("a", 0), ("red", 1))


@pytest.mark.parametrize("pieces", [["a\n", "", "b"], ["\n"], ["\n", "\n"], ["", ""], ["a", "\n"], ["x\x1b", "y\n"]])
def test_lines_put_together_are_what_was_printed(pieces: list[str]) -> None:
    output = tuple(Piece(at, text, 0) for at, text in enumerate(pieces))
    texts = ["".join(text for text, _ in line) for line in line_texts(*output)]
    assert "\n".join(texts) == "".join(pieces).removesuffix("\n").replace("\x1b", r"\x1b")


class TestKept:
    def test_what_was_made_is_made_again_only_for_another_run_or_purpose(self, tmp_path: Path) -> None:
        made: list[str] = []

        def make() -> str:
            made.append("made")
            return f"text\r\n{len(made)}"

        kept, recording = Kept(tmp_path), turns()
        assert [kept.text(recording, "zh", make) for _ in range(2)] == ["text\r\n1"] * 2
        assert kept.text(recording, "en", make) == "text\r\n2"
        assert kept.text(replace(recording, started="2026-11-24T05:00:00+00:00"), "zh", make) == "text\r\n3"

    def test_a_damaged_file_is_as_good_as_none(self, tmp_path: Path) -> None:
        kept, recording = Kept(tmp_path), turns()
        kept.text(recording, "zh", lambda: "first")
        (file,) = tmp_path.rglob("*.txt")
        file.write_bytes(b"\xff")
        assert kept.text(recording, "zh", lambda: "second") == "second"

    def test_where_nothing_can_be_kept_it_is_made_each_time(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder")
        assert Kept(tmp_path / "file").text(turns(), "zh", lambda: "made") == "made"
