"""Spans: stretches of a lane on one line in one state."""

from __future__ import annotations

import weakref
from collections import defaultdict
from dataclasses import dataclass, field, replace

from live.recording import Event, Lane, Recording

RUNS, READY, HOT, SLEEPS, WAITS, PARKED = "runs", "ready", "hot", "sleeps", "waits", "parked"
"""States. `ready`: not waiting for anything the recorder knows, but another lane of its process has run Python since
its last event; it waits for the GIL or computes in C. `hot`: it goes round lines that are no longer written down one
by one, and takes turns with others as it likes. `parked`: a greenlet or task that is not its turn."""
STATES = (RUNS, READY, HOT, SLEEPS, WAITS, PARKED)
OFF_STAGE = ("task", "greenlet")
"""Kinds of lanes that share a thread, and so take turns by themselves."""


@dataclass(frozen=True)
class Span:
    """A stretch of a lane on one line in one state."""

    lane: int
    start: int
    """Nanoseconds since the program was started."""
    end: int
    state: str
    """One of `STATES`."""
    file: int | None = None
    """Place in `Recording.files`; None before the lane's first line."""
    line: int | None = None
    what: str | None = None
    """What it waits for, as `Event.what`; also `await` (an asyncio task that awaits something the recorder has no word
    for) and `hub` (a greenlet that waits for something of gevent's event loop)."""
    thing: int | None = None
    other: int | None = None
    """The lane it waits for: the one it joins."""


def spans(recording: Recording) -> list[Span]:
    """All spans, ordered by start; those of one lane touch each other and cover it from its start to its end."""
    if id(recording) not in _KNOWN:
        worked_out = _Spans(recording).work_out()
        _KNOWN[id(recording)] = sorted(worked_out, key=lambda span: (span.start, span.lane))
        weakref.finalize(recording, _KNOWN.pop, id(recording), None)
    return list(_KNOWN[id(recording)])


_KNOWN: dict[int, list[Span]] = {}
"""By identity of a recording: each is asked for by the picture in each language, the player and the trace, and to
compare recordings would take as long as to work this out."""


@dataclass
class _Spans:
    recording: Recording
    now: dict[int, Span] = field(default_factory=dict)
    running: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """The lanes of each process that run."""
    hot: set[tuple[int, int | None, int | None]] = field(default_factory=set)
    """Lane, file and line of what is hot by now."""
    done: list[Span] = field(default_factory=list)

    def work_out(self) -> list[Span]:
        for event in self.recording.events:
            if event.lane not in self.now:
                self._set(self._first(event))
            self._take(event)
            self._hand_over_gil(event)
        over = ends(self.recording)
        for lane in list(self.now):
            self._close(lane, over[lane])
        return self.done

    def _first(self, event: Event) -> Span:
        lane = self.recording.lanes[event.lane]
        start = min(lane.start, event.at)
        # A task or greenlet is made some time before it gets its first turn.
        return Span(event.lane, start, start, PARKED if lane.kind in OFF_STAGE else RUNS)

    def _take(self, event: Event) -> None:
        span = self.now[event.lane]
        waiting = span.state in (WAITS, SLEEPS)
        if event.kind == "line":
            self._become(event.lane, event.at, RUNS, file=event.file, line=event.line)
        elif event.kind == "hot":
            line = (span.file, span.line) if event.line is None else (event.file, event.line)
            self.hot.add((event.lane, *line))
            self._become(event.lane, event.at, HOT, file=line[0], line=line[1])
        elif event.kind == "wait":
            state = SLEEPS if event.what == "sleep" else WAITS
            self._become(event.lane, event.at, state, event.what, thing=event.thing, other=event.other)
            if event.what == "exit":  # it is past its last line
                self._set(replace(self.now[event.lane], file=None, line=None))
        elif event.kind in ("go", "begin"):
            self._become(event.lane, event.at, HOT if (event.lane, span.file, span.line) in self.hot else RUNS)
        elif event.kind == "off" and not waiting:
            self._become(event.lane, event.at, WAITS, "await")
        elif event.kind == "on" and not (waiting and span.what != "await"):
            self._become(event.lane, event.at, RUNS)
        elif event.kind == "switch":
            self._switch(event)
        elif event.kind == "end":
            self._close(event.lane, event.at)
            self._set(replace(span, start=event.at, end=event.at, state=""))

    def _switch(self, event: Event) -> None:
        if self.now[event.lane].state in (RUNS, READY, HOT):
            self._become(event.lane, event.at, *((PARKED,) if event.other is not None else (WAITS, "hub")))
        target = self.now.get(event.other) if event.other is not None else None
        if target and (target.state == PARKED or target.what == "hub"):
            self._become(target.lane, event.at, RUNS)

    def _become(
        self,
        lane: int,
        at: int,
        state: str,
        what: str | None = None,
        *,
        thing: int | None = None,
        other: int | None = None,
        file: int | None = None,
        line: int | None = None,
    ) -> None:
        span = self.now[lane]
        self._close(lane, at)
        file, line = (span.file, span.line) if line is None else (file, line)
        self._set(Span(lane, at, at, state, file, line, what, thing, other))

    def _set(self, span: Span) -> None:
        self.now[span.lane] = span
        running = self.running[self.recording.lanes[span.lane].process]
        if span.state == RUNS:
            running.add(span.lane)
        else:
            running.discard(span.lane)

    def _close(self, lane: int, end: int) -> None:
        span = self.now[lane]
        if span.state and end > span.start:
            self.done.append(replace(span, end=end))

    def _hand_over_gil(self, event: Event) -> None:
        """Whoever does something has the GIL, so no other lane of its process runs Python any more."""
        if event.kind == "switch" or self.now[event.lane].state not in (RUNS, HOT, ""):
            return
        if self.recording.interpreter.free_threaded:
            return
        for lane in self.running[self.recording.lanes[event.lane].process] - {event.lane}:
            self._become(lane, event.at, READY)


def ends(recording: Recording) -> list[int]:
    """When each lane was over: its own end, or that of its process where it was cut off with it, or of the run."""
    last = {event.lane: event.at for event in recording.events}
    return [max(_own_end(recording, lane), last.get(lane.number, 0)) for lane in recording.lanes]


def _own_end(recording: Recording, lane: Lane) -> int:
    process = recording.lanes[lane.process]
    known = (lane.end, lane.gone, process.end if process is not lane else None, process.gone, recording.duration)
    return next(end for end in known if end is not None)
