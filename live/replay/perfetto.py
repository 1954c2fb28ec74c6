"""A recording as a trace for Perfetto and chrome://tracing.

The format: "Trace Event Format", https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
What Perfetto makes of it: https://perfetto.dev/docs/getting-started/other-formats and its JSON importer
(src/trace_processor/importers/json, importers/common/{slice,flow}_tracker.cc), which reads events in order of time,
binds both ends of a flow to the slice begun last on its track, and gives names to threads by their `tid` alone.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from live.recording import Lane, Piece, Recording
from live.replay import telling
from live.replay.handovers import Handover, Hold, handovers, holds
from live.replay.spans import RUNS, WAITS, Span, spans
from live.text import decoded, in_one_line, plain

_ORDER = "MeXbsfi"
"""Phases in the order in which those of the same instant have to come."""
_NO_PROCESS = 1
"""Process id for the output of a run that was not recorded from inside; 0 would be the idle process of the system."""


def trace(recording: Recording) -> dict[str, Any]:
    """The recording in the JSON object format: plain data for `json.dumps`.

    Each process has its real id; its main thread has the same, and all other lanes have numbers of their own. Each
    process also has a track for what it printed.
    """
    made = _Trace(recording)
    events = [*made.tracks(), *made.slices(), *made.locks(), *made.flows(), *made.printed()]
    return {
        "displayTimeUnit": "ms",  # how times are shown; some versions of Perfetto would take `ns` for the unit of ts
        "otherData": _facts(recording),
        "traceEvents": sorted(events, key=lambda event: (event.get("ts", -1), _ORDER.index(event["ph"]))),
    }


def microseconds(nanoseconds: int) -> float:
    """The number to write, in microseconds with a fraction.

    Importers multiply by 1000 and cut off the rest: 1001 ns would come out as 1.001 * 1000 = 1000.9999999999999, and
    slices that touch would overlap. So the next larger number is taken there.
    """
    number = nanoseconds / 1000
    return number if int(number * 1000) == nanoseconds else math.nextafter(number, math.inf)


@dataclass
class _Trace:
    recording: Recording
    spans: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))
    """By lane, ordered by start."""
    holds: dict[int, list[Hold]] = field(default_factory=lambda: defaultdict(list))
    """By thing, ordered by start."""

    def __post_init__(self) -> None:
        for span in spans(self.recording):
            self.spans[span.lane].append(span)
        for hold in holds(self.recording):
            self.holds[hold.thing].append(hold)
        pids = [lane.pid for lane in self.recording.lanes]
        self._free = max(pids, default=_NO_PROCESS) + 1
        self._processes = [lane for lane in self.recording.lanes if lane.process == lane.number]

    def tracks(self) -> Iterator[dict[str, Any]]:
        """Names and order of processes and threads."""
        for lane in self._processes:
            yield from _named(
                "process", lane.pid, lane.pid, telling.lane_name(self.recording, lane.number), lane.number
            )
            yield from _named("thread", lane.pid, self._output_track(lane), "output", -1)
        for lane in self.recording.lanes:
            yield from _named("thread", lane.pid, self._track(lane), self._title(lane), lane.number)
        if not self.recording.lanes:
            yield from _named("process", _NO_PROCESS, _NO_PROCESS, in_one_line(self.recording.snippet), 0)
            yield from _named("thread", _NO_PROCESS, _NO_PROCESS, "output", 0)

    def slices(self) -> Iterator[dict[str, Any]]:
        """One slice for each span; those of a lane touch and never overlap."""
        for lane, of_lane in self.spans.items():
            for span in of_lane:
                yield {
                    **self._at("X", span.start, lane),
                    "dur": microseconds(span.end - span.start),
                    "name": self._slice_name(span),
                    "cat": span.state,
                    "args": self._span_facts(span),
                }

    def locks(self) -> Iterator[dict[str, Any]]:
        """Locks that are held, each on an asynchronous track of its own."""
        for thing, of_thing in self.holds.items():
            for hold in of_thing:
                if hold.end <= hold.start:
                    continue
                facts = {"holder": telling.lane_name(self.recording, hold.lane), "depth": hold.depth}
                shared = {"name": f"{telling.thing_name(self.recording, thing)} held", "cat": "held", "id": thing + 1}
                yield {**self._at("b", hold.start, hold.lane), **shared, "args": facts}
                yield {**self._at("e", hold.end, hold.lane), **shared}

    def flows(self) -> Iterator[dict[str, Any]]:
        """Hand-overs, those whose two lanes were there at the time."""
        for number, handover in enumerate(handovers(self.recording), 1):
            if self._is_there(handover.source, handover.at) and self._is_there(handover.target, handover.until):
                yield from self._flow(number, handover)

    def printed(self) -> Iterator[dict[str, Any]]:
        """What was printed, on a track of its own: on that of its lane, flows would bind to it and not to the span."""
        for piece in self.recording.output:
            if piece.dropped:
                yield self._instant(piece, f"{piece.dropped} bytes left out", {"dropped": piece.dropped})
            text = decoded(piece.text)
            yield self._instant(piece, plain(text).strip() or telling.quoted(text), {"text": text})

    def _flow(self, number: int, handover: Handover) -> Iterator[dict[str, Any]]:
        shared: dict[str, Any] = {"name": handover.kind, "cat": "hand-over", "id": number}
        if handover.thing is not None:
            shared["args"] = {"thing": telling.thing_name(self.recording, handover.thing)}
        yield {**self._at("s", handover.at, handover.source), **shared}
        yield {**self._at("f", handover.until, handover.target), **shared, "bp": "e"}

    def _at(self, phase: str, at: int, lane: int) -> dict[str, Any]:
        found = self.recording.lanes[lane]
        return {"ph": phase, "ts": microseconds(at), "pid": found.pid, "tid": self._track(found)}

    def _instant(self, piece: Piece, name: str, facts: dict[str, Any]) -> dict[str, Any]:
        process = self._processes[0] if self._processes else None
        if piece.lane is not None:
            process = self.recording.lanes[self.recording.lanes[piece.lane].process]
            facts = {**facts, "lane": telling.lane_name(self.recording, piece.lane)}
        track = {"pid": _NO_PROCESS, "tid": _NO_PROCESS}
        if process:
            track = {"pid": process.pid, "tid": self._output_track(process)}
        return {
            "ph": "i",
            "s": "t",
            "ts": microseconds(piece.at),
            **track,
            "name": name,
            "cat": "output",
            "args": facts,
        }

    def _track(self, lane: Lane) -> int:
        return lane.pid if lane.process == lane.number else self._free + lane.number

    def _output_track(self, process: Lane) -> int:
        return self._free + len(self.recording.lanes) + process.number

    def _title(self, lane: Lane) -> str:
        kind = f" [{lane.kind}]" if lane.kind in ("greenlet", "task") else ""
        return f"{telling.lane_name(self.recording, lane.number)}{kind}"

    def _slice_name(self, span: Span) -> str:
        """Perfetto colours slices by their names."""
        doing = telling.state(self.recording, span)
        if span.line is None or span.file is None:
            return doing
        place = f"line {span.line}"
        if len(self.recording.files) > 1:
            place = f"{in_one_line(PurePosixPath(self.recording.files[span.file]).name)}:{span.line}"
        return place if span.state == RUNS else f"{place}: {doing}"

    def _span_facts(self, span: Span) -> dict[str, Any]:
        facts: dict[str, Any] = {"state": span.state}
        if span.what is not None:
            facts["what"] = span.what
        if span.thing is not None:
            facts["thing"] = telling.thing_name(self.recording, span.thing)
        if span.other is not None:
            facts["waits for"] = telling.lane_name(self.recording, span.other)
        if span.state == WAITS and span.thing is not None and (holder := self._holders(span.thing, span)):
            facts["holder"] = holder
        if span.file is not None and span.line is not None:
            facts |= {"file": in_one_line(self.recording.files[span.file]), "line": span.line}
        return facts

    def _holders(self, thing: int, span: Span) -> str:
        """Who held the thing while the span lasted, in turn."""
        of_thing = self.holds[thing]
        first = max(bisect_right(of_thing, span.start, key=lambda hold: hold.start) - 1, 0)
        last = bisect_left(of_thing, span.end, key=lambda hold: hold.start)
        lanes = [hold.lane for hold in of_thing[first:last] if hold.end > span.start]
        return ", ".join(dict.fromkeys(telling.lane_name(self.recording, lane) for lane in lanes))

    def _is_there(self, lane: int, at: int) -> bool:
        """Whether a slice of the lane lasts at that time."""
        of_lane = self.spans[lane]
        place = bisect_right(of_lane, at, key=lambda span: span.start) - 1
        return place >= 0 and of_lane[place].end >= at


def _named(level: str, pid: int, tid: int, name: str, place: int) -> Iterator[dict[str, Any]]:
    """Name and place of a process or a thread."""
    yield {"ph": "M", "name": f"{level}_name", "pid": pid, "tid": tid, "args": {"name": name}}
    yield {"ph": "M", "name": f"{level}_sort_index", "pid": pid, "tid": tid, "args": {"sort_index": place}}


def _facts(recording: Recording) -> dict[str, Any]:
    interpreter, machine = recording.interpreter, recording.machine
    free_threaded = ", free-threaded" if interpreter.free_threaded else ""
    return {
        "snippet": in_one_line(recording.snippet),
        "interpreter": f"{interpreter.implementation} {interpreter.version}{free_threaded}",
        "machine": f"{machine.system} {machine.architecture}, {machine.cores} cores",
        "started": recording.started,
        "duration": f"{recording.duration / 1e9:.6f} s",
        "exit code": "stopped at its time limit" if recording.exit_code is None else recording.exit_code,
        "launch": " ".join(recording.launch),
        "gaps": ", ".join(recording.gaps),
    }
