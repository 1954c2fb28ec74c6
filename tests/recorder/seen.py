"""Reading a recording in tests: lanes by name, their lines by what stands there."""

from __future__ import annotations

from dataclasses import dataclass

from live.recording import Event, Lane, Recording
from live.replay.handovers import Handover, handovers
from live.replay.spans import Span, spans
from tests.project import Project, run


@dataclass(frozen=True)
class Seen:
    """A program and its recording."""

    source: list[str]
    recording: Recording

    def lane(self, name: str) -> Lane:
        """The lane whose name begins like this; there has to be exactly one."""
        found = [lane for lane in self.recording.lanes if lane.name.startswith(name)]
        assert len(found) == 1, f"{name}: {[lane.name for lane in self.recording.lanes]}"
        return found[0]

    def events(self, name: str, *kinds: str) -> list[Event]:
        """The events of these kinds of a lane."""
        number = self.lane(name).number
        return [event for event in self.recording.events if event.lane == number and event.kind in kinds]

    def text(self, line: int | None) -> str:
        """What stands in a line of the program."""
        return self.source[line - 1].strip() if line else ""

    def lines(self, name: str) -> list[str]:
        """What a lane executed, line by line."""
        return [self.text(event.line) for event in self.events(name, "line")]

    def spans(self, name: str, *states: str) -> list[Span]:
        """The spans of a lane in these states."""
        number = self.lane(name).number
        return [span for span in spans(self.recording) if span.lane == number and span.state in states]

    def waits(self, name: str) -> list[tuple[str | None, str]]:
        """What a lane waited or slept for, with the name of the thing or of the lane.

        Not that it was blocked in a call that has no name: on a busy machine, it is in calls such as `Thread.start`.
        """
        found = self.spans(name, "waits", "sleeps")
        return [(span.what, self.subject(span)) for span in found if span.what != "blocked"]

    def subject(self, span: Span | Event | Handover) -> str:
        """The name of the thing or lane that something is about."""
        if span.thing is not None:
            return self.recording.things[span.thing].name
        other = getattr(span, "other", None)
        return self.recording.lanes[other].name if other is not None else ""

    def handovers(self, kind: str) -> list[tuple[str, str, str]]:
        """Who let whom go on in this way, and the name of the thing."""
        names = [lane.name for lane in self.recording.lanes]
        return [
            (names[one.source], names[one.target], self.subject(one))
            for one in handovers(self.recording)
            if one.kind == kind
        ]

    def depths(self, name: str) -> list[tuple[str, int | None]]:
        """How a lane acquired and released, with the depth after each."""
        return [(event.kind, event.depth) for event in self.events(name, "acquire", "release")]

    def printed(self) -> dict[str, list[str]]:
        """The lines that each lane printed."""
        found: dict[str, list[str]] = {}
        for piece in self.recording.output:
            name = "" if piece.lane is None else self.recording.lanes[piece.lane].name
            found.setdefault(name, []).append(piece.text.rstrip("\n"))
        return found


def see(project: Project, source: str) -> Seen:
    """Run the program and look at its recording; it has to end well."""
    recording = run(project, source)
    assert recording.exit_code == 0, recording.text
    file = project.root / "snippets/chapter/program.py"
    return Seen(file.read_text(encoding="utf-8").splitlines(), recording)


def at_line(seen: Seen, lane: str, text: str, of: str) -> Span:
    """The span that `lane` was in when the lane `of` came to the line `text` for the last time."""
    moment = [event.at for event in seen.events(of, "line") if seen.text(event.line) == text][-1]
    states = ("runs", "ready", "hot", "sleeps", "waits", "parked")
    (span,) = [span for span in seen.spans(lane, *states) if span.start <= moment < span.end]
    return span


# Within its `wait`, an event waits in that of its condition: who is only in the former may still find it set.
STANDS_IN = """
import sys, threading, time
from collections import Counter

def stands_in(name, *functions):
    ident = next(thread.ident for thread in threading.enumerate() if thread.name.startswith(name))
    frame, found = sys._current_frames().get(ident), []
    while frame:
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return Counter(found) >= Counter(functions)
"""
