"""Who stands where at a moment of a recording, and what has been printed by then."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from live.recording import Recording
from live.replay import telling
from live.replay.handovers import Hold, holds
from live.replay.spans import WAITS, Span, spans
from live.replay.transcript import Moment, Sources, moments
from live.text import plain

_PIECES = 200
"""Pieces of output at the end that are looked at; nobody sees more of them at once."""
_CHARACTERS = 4000
"""The same for the text of a piece."""


@dataclass
class Printed:
    """A printed line: who began it and when, and what each lane added to it."""

    lane: int | None
    at: int
    """Nanoseconds since the program was started."""
    parts: list[tuple[int | None, str]]


@dataclass
class Scene:
    """A recording, prepared for looking at any moment of it."""

    recording: Recording
    sources: Sources
    moments: list[Moment] = field(init=False)
    """All that happened, in order."""
    _spans: dict[int, list[Span]] = field(init=False)
    _holds: dict[int, list[Hold]] = field(init=False)

    def __post_init__(self) -> None:
        self.moments = moments(self.recording, self.sources)
        self._spans, self._holds = defaultdict(list), defaultdict(list)
        for span in spans(self.recording):
            self._spans[span.lane].append(span)
        for hold in holds(self.recording):
            self._holds[hold.thing].append(hold)

    def standing(self, at: int) -> list[Span]:
        """The span of each lane that is there, ordered by lane."""
        return [span for lane in sorted(self._spans) if (span := self._span(lane, at))]

    def focus(self, place: int) -> Span | None:
        """The span to look at: that of the lane that did the last thing up to `place` and stands on a line."""
        for moment in reversed(self.moments[: place + 1]):
            span = None if moment.lane is None else self._span(moment.lane, moment.at)
            if span and span.line is not None:
                return span
        return None

    def doing(self, span: Span, at: int) -> str:
        """What its lane does, who has what it waits for, and which locks it holds."""
        text = telling.state(self.recording, span)
        if span.state == WAITS and span.thing is not None and (hold := self._hold(span.thing, at)):
            holder = "itself" if hold.lane == span.lane else telling.lane_name(self.recording, hold.lane)
            text += f", held by {holder}"
        held = [self._held(hold) for thing in sorted(self._holds) if (hold := self._hold(thing, at, span.lane))]
        return f"{text} · holds {', '.join(held)}" if held else text

    def printed(self, at: int) -> list[Printed]:
        """The lines that were printed last, up to that time. What two lanes printed into one line stands in one."""
        end = bisect_right(self.recording.output, at, key=lambda piece: piece.at)
        lines: list[Printed] = []
        open_line = False
        for piece in self.recording.output[max(end - _PIECES, 0) : end]:
            for line in piece.text[-_CHARACTERS:].splitlines(keepends=True):
                if not open_line:
                    lines.append(Printed(piece.lane, piece.at, []))
                lines[-1].parts.append((piece.lane, plain(line.rstrip("\r\n")).expandtabs(4)))
                open_line = not line.endswith(("\n", "\r"))
        return lines

    def _span(self, lane: int, at: int) -> Span | None:
        of_lane = self._spans[lane]
        place = bisect_right(of_lane, at, key=lambda span: span.start) - 1
        return of_lane[place] if place >= 0 and at < of_lane[place].end else None

    def _hold(self, thing: int, at: int, lane: int | None = None) -> Hold | None:
        """The hold at that time, if there is one, and by that lane, if one is given."""
        of_thing = self._holds[thing]
        place = bisect_right(of_thing, at, key=lambda hold: hold.start) - 1
        if place < 0 or at >= of_thing[place].end or lane not in (None, of_thing[place].lane):
            return None
        return of_thing[place]

    def _held(self, hold: Hold) -> str:
        name = telling.thing_name(self.recording, hold.thing)
        return f"{name} {hold.depth}×" if hold.depth > 1 else name
