"""The trace for Perfetto: its format, and that it says what the recording says."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from live.recording import Event, Lane, Piece, Recording, Thing
from live.replay.handovers import handovers
from live.replay.perfetto import microseconds, trace
from live.replay.spans import spans
from tests.conftest import run_alone
from tests.handmade import LOCK, MAIN, US, WORKER, recorded, turns

NUMBER = (int, float)
EVENT: dict[str, Any] = {"ph": str, "name": str, "pid": int, "tid": int, "?args": dict}
TIMED = {**EVENT, "ts": NUMBER, "cat": str}
FLOW = {**TIMED, "id": int}
PHASES: dict[str, dict[str, Any]] = {
    "M": {**EVENT, "args": dict},
    "X": {**TIMED, "dur": NUMBER},
    "i": {**TIMED, "s": str},
    "b": {**TIMED, "id": int},
    "e": {**TIMED, "id": int},
    "s": FLOW,
    "f": {**FLOW, "bp": str},
}
"""Fields by phase, with their types; those with a question mark can be left out. From "Trace Event Format"."""
METADATA = {
    "process_name": {"name": str},
    "thread_name": {"name": str},
    "process_sort_index": {"sort_index": int},
    "thread_sort_index": {"sort_index": int},
}
REAL = [
    "locks/opposite_order",
    "locks/hang",
    "processes/start_methods",
    "processes/exit_codes",
    "coroutines/greenlet_switch",
    "coroutines/asyncio_lock",
    "basics/generators_take_turns",
    "basics/same_instant",
]


def fits(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether an object has exactly these fields, in these types."""
    required = {name for name in schema if not name.startswith("?")}
    types = {name.removeprefix("?"): kind for name, kind in schema.items()}
    return required <= value.keys() <= types.keys() and all(
        isinstance(value[name], types[name]) and not isinstance(value[name], bool) for name in value
    )


def of(data: dict[str, Any], *phases: str) -> list[dict[str, Any]]:
    return [event for event in data["traceEvents"] if event["ph"] in phases]


def nanoseconds(number: float) -> int:
    """As importers do it: multiplied, and the rest cut off."""
    return int(number * 1000)


def by_track(data: dict[str, Any]) -> dict[tuple[int, int], list[tuple[int, int, str]]]:
    """Start, end and name of the slices of each track, in the order in which they stand in the file."""
    found = defaultdict(list)
    for event in of(data, "X"):
        start = nanoseconds(event["ts"])
        found[event["pid"], event["tid"]].append((start, start + nanoseconds(event["dur"]), event["name"]))
    return found


def check(data: dict[str, Any]) -> None:
    """All that Perfetto's importer asks of a trace, and would otherwise only count as an error or silently mend."""
    assert set(data) == {"displayTimeUnit", "otherData", "traceEvents"}
    assert data["displayTimeUnit"] in ("ms", "ns")
    json.dumps(data, allow_nan=False).encode("ascii")
    assert not any(0xD800 <= ord(character) < 0xE000 for character in json.dumps(data, ensure_ascii=False))
    for event in data["traceEvents"]:
        assert fits(event, PHASES[event["ph"]]), event
        assert event.get("ts", 0) >= 0 and event.get("dur", 1) > 0
        assert 0 < event["pid"] < 1 << 31 and 0 < event["tid"] < 1 << 31, "Perfetto keeps 32 bits"
    check_metadata(data)
    times = [event["ts"] for event in data["traceEvents"] if "ts" in event]
    assert times == sorted(times)
    for track in by_track(data).values():
        assert all(one[1] <= other[0] for one, other in pairwise(track)), "slices of a track overlap"
    check_asynchronous(data)
    check_flows(data)


def check_metadata(data: dict[str, Any]) -> None:
    for event in of(data, "M"):
        assert fits(event["args"], METADATA[event["name"]]), event
    named = Counter((event["name"], event["pid"], event["tid"]) for event in of(data, "M"))
    assert set(named.values()) <= {1}
    threads = [event["tid"] for event in of(data, "M") if event["name"] == "thread_name"]
    assert len(threads) == len(set(threads)), "Perfetto names a thread by its tid alone"
    used = {(event["pid"], event["tid"]) for event in of(data, "X", "i", "b", "e", "s", "f")}
    assert used <= {(pid, tid) for name, pid, tid in named if name == "thread_name"}


def check_asynchronous(data: dict[str, Any]) -> None:
    opened: dict[tuple[Any, ...], int] = {}
    for event in of(data, "b", "e"):
        key = event["pid"], event["cat"], event["id"], event["name"]
        if event["ph"] == "b":
            assert key not in opened
            opened[key] = nanoseconds(event["ts"])
        else:
            assert opened.pop(key) < nanoseconds(event["ts"])
    assert not opened


def check_flows(data: dict[str, Any]) -> None:
    """Reads the events as the importer does: both ends bind to what began last on their track, if it still lasts."""
    last: dict[tuple[int, int], int] = {}
    begun: dict[tuple[Any, ...], float] = {}
    for event in of(data, "X", "s", "f"):
        track, at = (event["pid"], event["tid"]), nanoseconds(event["ts"])
        if event["ph"] == "X":
            last[track] = at + nanoseconds(event["dur"])
            continue
        key = event["id"], event["cat"], event["name"]
        assert last[track] >= at, f"nothing to bind to: {event}"
        if event["ph"] == "s":
            assert key not in begun
            begun[key] = event["ts"]
        else:
            assert event["bp"] == "e"
            assert begun.pop(key) <= event["ts"]
    assert not begun


@pytest.mark.parametrize("name", REAL)
def test_a_real_run_makes_a_trace_that_follows_the_format(name: str) -> None:
    check(trace(run_alone(name)))


def test_a_hand_made_recording_makes_a_trace_that_follows_the_format() -> None:
    check(trace(turns()))


def test_a_run_that_was_not_recorded_from_inside_keeps_its_output() -> None:
    data = trace(recorded(output=(Piece(5 * US, "a\n"), Piece(6 * US, "b\n", dropped=7))))
    check(data)
    assert [event["name"] for event in of(data, "i")] == ["a", "7 bytes left out", "b"]


def test_every_span_is_a_slice_with_its_exact_times() -> None:
    recording = turns()
    slices = sorted(
        (nanoseconds(event["ts"]), nanoseconds(event["dur"]), event["cat"]) for event in of(trace(recording), "X")
    )
    assert slices == sorted((span.start, span.end - span.start, span.state) for span in spans(recording))


@pytest.mark.parametrize("nanosecond", [0, 1, 29, 1001, 1009, 4_001_003, 2_043_440_423, 59_999_999_999])
def test_times_survive_an_importer_that_cuts_off(nanosecond: int) -> None:
    assert nanoseconds(json.loads(json.dumps(microseconds(nanosecond)))) == nanosecond
    assert microseconds(nanosecond) == pytest.approx(nanosecond / 1000)


def test_a_wait_names_what_is_waited_for_who_has_it_and_where() -> None:
    (wait,) = [event for event in of(trace(turns()), "X") if event["args"].get("what") == "lock"]
    assert wait["name"] == "line 9: waits for lock"
    assert wait["args"] == {
        "state": "waits",
        "what": "lock",
        "thing": "lock",
        "holder": "main",
        "file": "snippets/a/turns.py",
        "line": 9,
    }


def test_every_hand_over_is_an_arrow_between_the_two_lanes() -> None:
    data = trace(turns())
    tracks = {event["tid"]: event["args"]["name"] for event in of(data, "M") if event["name"] == "thread_name"}
    ends: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for event in of(data, "s", "f"):
        ends[event["id"]].append((event["name"], tracks[event["tid"]], nanoseconds(event["ts"]) // US))
    late = 3_000_000
    assert list(ends.values()) == [
        [("start", "main", 35), ("start", "Thread-1 (work)", 40)],
        [("lock", "main", late + 10), ("lock", "Thread-1 (work)", late + 41)],
        [("join", "Thread-1 (work)", late + 201), ("join", "main", late + 210)],
    ]


def test_an_arrow_from_a_lane_that_left_no_trace_is_left_out() -> None:
    recording = turns()
    unseen = replace(
        recording,
        lanes=(*recording.lanes, Lane(2, "unseen", "thread", MAIN, MAIN, 4711, 90 * US, None)),
        events=(*recording.events, Event(recording.duration, MAIN, "start", other=2)),
    )
    assert len(handovers(unseen)) == len(handovers(recording)) + 1
    check(trace(unseen))


def test_a_lock_has_a_track_that_says_who_holds_it_and_how_deep() -> None:
    recording = turns()
    again = (
        Event(3_000_000 * US + 60 * US, WORKER, "acquire", thing=LOCK, depth=2),
        Event(3_000_000 * US + 70 * US, WORKER, "release", thing=LOCK, depth=1),
    )
    events = tuple(sorted((*recording.events, *again), key=lambda event: event.at))
    data = trace(replace(recording, events=events, things=(Thing("rlock", "turn"),)))
    check(data)
    held = of(data, "b")
    assert {event["name"] for event in held} == {"RLock turn held"}
    assert [(event["args"]["holder"], event["args"]["depth"]) for event in held] == [
        ("main", 1),
        ("Thread-1 (work)", 1),
        ("Thread-1 (work)", 2),
        ("Thread-1 (work)", 1),
    ]


def test_processes_have_their_real_ids_and_all_lanes_tracks_of_their_own() -> None:
    recording = run_alone("processes/start_methods")
    data = trace(recording)
    names = {(event["pid"], event["args"]["name"]) for event in of(data, "M") if event["name"] == "process_name"}
    assert names == {(lane.pid, lane.name) for lane in recording.lanes}
    slices = by_track(data)
    assert set(slices) == {(lane.pid, lane.pid) for lane in recording.lanes}


def test_tasks_and_greenlets_are_threads_that_say_what_they_are() -> None:
    lanes = (
        Lane(0, "main", "process", None, 0, 10, 0, None),
        Lane(1, "Task-1", "task", 0, 0, 10, 0, None),
        Lane(2, "", "greenlet", 0, 0, 10, 0, None),
        Lane(3, "Thread-1", "thread", 0, 0, 10, 0, None),
    )
    data = trace(recorded(lanes=lanes))
    check(data)
    names = [event["args"]["name"] for event in of(data, "M") if event["name"] == "thread_name"]
    assert names == ["output", "main", "Task-1 [task]", "greenlet 2 [greenlet]", "Thread-1"]


def test_what_was_printed_is_there_to_the_byte_with_its_lane() -> None:
    recording = replace(turns(), output=(Piece(1 * US, "\x1b[1m<b>\udcff\n", WORKER), Piece(2 * US, "\n", MAIN)))
    data = trace(recording)
    check(data)
    assert [(event["name"], event["args"]) for event in of(data, "i")] == [
        ("\\x1b[1m<b>\\xff", {"text": "\x1b[1m<b>\\xff\n", "lane": "Thread-1 (work)"}),
        ("'\\n'", {"text": "\n", "lane": "main"}),
    ]


def test_the_trace_says_where_and_when_it_was_recorded() -> None:
    facts = trace(turns())["otherData"]
    assert facts["interpreter"] == "CPython 3.13.0"
    assert facts["machine"] == "Linux x86-64, 2 cores"
    assert facts["started"] == "2026-11-24T04:00:00+00:00"


def test_the_check_of_the_format_can_fail() -> None:
    broken: Recording = turns()
    for change in ("ts", "dur", "name"):
        data = trace(broken)
        of(data, "X")[0][change] = -1
        with pytest.raises(AssertionError):
            check(data)
    data = trace(broken)
    data["traceEvents"] = [event for event in data["traceEvents"] if event["ph"] != "f"]
    with pytest.raises(AssertionError):
        check(data)
