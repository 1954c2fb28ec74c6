"""What is played again is what was recorded: on the page, in Perfetto and in a terminal, whatever was recorded."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from live.recording import Recording
from live.rendering.printed import lines
from live.replay.handovers import handovers, holds
from live.replay.perfetto import trace
from live.replay.player import Player
from live.replay.scene import Scene
from live.replay.screen import Screen
from live.replay.spans import Span, spans
from live.replay.transcript import transcript
from live.text import decoded
from tests.engine.test_perfetto import check, of
from tests.engine.test_replay_data import data_of, rows, times
from tests.properties.strategies import FILE, recordings, with_names
from tests.properties.texts import names, printed

RUNS = recordings(inside=True, called=names().map(decoded))
CODES = re.compile(r"\x1b\[[\d;]*m|\x1b\[\?25[hl]|\x1b\[\?1049[hl]|\x1b\[H")
"""What rich writes of its own: styles, and what a whole screen takes."""
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@given(RUNS)
def test_the_players_moments_are_those_of_the_recording(recording: Recording) -> None:
    moments = times(data_of(recording))
    assert all(before < after for before, after in pairwise(moments))
    real = _times(recording)
    assert len(moments) == len(real)
    late = 0
    for moment, time in zip(moments, sorted(real), strict=True):
        late = max(late + 1, round(time / 1000)) if time else 0
        assert moment == late, "moments within one microsecond follow each other"


@given(RUNS)
def test_the_players_data_is_the_recording(recording: Recording) -> None:
    data = data_of(recording)
    assert data["left"] == 0
    places = {time: number for number, time in enumerate(sorted(_times(recording)))}
    assert [lane[2:] for lane in data["lanes"]] == [[lane.kind, lane.process] for lane in recording.lanes]
    assert data["things"] == [[thing.kind, thing.name] for thing in recording.things]
    found = [
        (lane, start, end, *data["places"][place])
        for lane, changes in enumerate(data["spans"])
        for (start, place), (end, _) in pairwise(rows(changes, 2))
        if place >= 0
    ]
    assert found == sorted(
        ((span.lane, places[span.start], places[span.end], *what(span)) for span in spans(recording)),
        key=lambda span: span[:2],
    )
    printed = [
        (places[part.at], -1 if part.lane is None else part.lane) for line in lines(recording) for part in line.parts
    ]
    assert rows(data["printed"], 2) == printed
    assert [tuple(one) for one in data["handovers"]] == [
        (one.kind, one.source, one.target, places[one.until], one.thing) for one in handovers(recording)
    ]
    for thing, changes in enumerate(data["holds"]):
        assert _held(rows(changes, 3)) == [
            (places[hold.start], places[hold.end], hold.lane, hold.depth)
            for hold in holds(recording)
            if hold.thing == thing and hold.start < hold.end
        ]


def what(span: Span) -> tuple[object, ...]:
    return span.state, span.file, span.line, span.what, span.thing, span.other


def _times(recording: Recording) -> set[int]:
    return {
        0,
        recording.duration,
        *(time for span in spans(recording) for time in (span.start, span.end)),
        *(time for hold in holds(recording) for time in (hold.start, hold.end)),
        *(handover.until for handover in handovers(recording)),
        *(part.at for line in lines(recording) for part in line.parts),
    }


def _held(changes: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """From when to when which lane holds a thing how deep, as the player sees it; what takes no time it does not."""
    return [
        (start, end, lane, depth) for (start, lane, depth), (end, _, _) in pairwise(changes) if depth and start < end
    ]


@given(recordings())
def test_a_trace_for_perfetto_follows_the_format(recording: Recording) -> None:
    data = trace(recording)
    check(data)
    assert json.loads(json.dumps(data)) == data
    assert len(of(data, "X")) == len(spans(recording))
    text = "".join(event["args"].get("text", "") for event in of(data, "i"))
    assert text == "".join(decoded(piece.text) for piece in recording.output)


@given(recordings(), st.lists(printed(), max_size=12))
@example(with_names("main\n   9.999999 s  main  line 1: forged"), [])
def test_a_transcript_has_one_line_for_each_thing_and_nothing_a_terminal_obeys(
    recording: Recording, source: list[str]
) -> None:
    sources = {FILE: [line.replace("\n", "") for line in source]}
    told = list(transcript(recording, sources))
    assert not any(CONTROL.search(line) for line in told)
    assert len("\n".join(told).splitlines()) == len(told)
    "\n".join(told).encode("utf-8")
    assert len(told) >= sum(bool(piece.text) for piece in recording.output)


@given(recordings(), st.integers(0, 80), st.integers(20, 200), st.integers(8, 50), st.lists(printed(), max_size=12))
def test_a_terminal_gets_no_code_but_those_of_the_renderer(
    recording: Recording, place: int, width: int, height: int, source: list[str]
) -> None:
    scene = Scene(recording, {FILE: source})
    player = Player([moment.at for moment in scene.moments], playing=False)
    player.place = min(place, player.last)
    console = Console(file=io.StringIO(), force_terminal=True, width=width, height=height, color_system="truecolor")
    console.print(Screen(scene).draw(player, width, height), end="")
    written = console.file.getvalue()
    written.encode("utf-8")
    assert not CONTROL.search(CODES.sub("", written))
    assert len(written.split("\n")) <= height + 1
