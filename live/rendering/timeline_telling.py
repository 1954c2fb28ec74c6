"""What lanes do and whom they wait for, in the page's words: in full for the table, shorter for the picture."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from live.recording import Recording
from live.rendering.lanes import names, short_names
from live.rendering.timeline_words import TimelineWords, filled
from live.replay.handovers import Hold
from live.replay.spans import SLEEPS, WAITS, Span
from live.text import in_one_line

_UNITS = (("s", 1e9, 1e8), ("ms", 1e6, 1e6), ("us", 1e3, 0))
"""Name, nanoseconds, and the least nanoseconds that are told in this unit."""
_LONG = 24
"""Characters of a name that the picture shows at most."""


@dataclass(frozen=True)
class Holder:
    """A lane that holds a lock while another waits for it."""

    lane: int
    start: int
    """Nanoseconds since the program was started."""
    end: int


class Telling:
    """Says what spans are about."""

    def __init__(self, recording: Recording, all_holds: Sequence[Hold], words: TimelineWords) -> None:
        self.recording = recording
        self.words = words
        self.names, shorts = names(recording), short_names(recording)
        # What is a number and initials can be understood beside the name; a name that was merely cut off cannot.
        self.shorts = [
            name if name.startswith(short) else short for name, short in zip(self.names, shorts, strict=True)
        ]
        self._holds: dict[int, list[Hold]] = defaultdict(list)
        for hold in all_holds:
            self._holds[hold.thing].append(hold)
        self._known: dict[Span, list[Holder]] = {}
        self._ends = {thing: [hold.end for hold in held] for thing, held in self._holds.items()}

    def holders(self, span: Span) -> list[Holder]:
        """Who holds the lock that the span waits for, one after the other; empty where it waits for no lock."""
        if span.state != WAITS or span.what != "lock" or span.thing is None:
            return []
        if span not in self._known:
            self._known[span] = self._holders(span, span.thing)
        return self._known[span]

    def _holders(self, span: Span, thing: int) -> list[Holder]:
        found: list[Holder] = []
        held = self._holds[thing]
        for hold in held[bisect_left(self._ends.get(thing, []), span.start + 1) :]:
            if hold.start >= span.end:
                break
            start, end = max(hold.start, span.start), min(hold.end, span.end)
            if found and found[-1].lane == hold.lane:
                start = found.pop().start
            found.append(Holder(hold.lane, start, end))
        return found

    def thing(self, thing: int, *, kind: bool = True) -> str:
        """What the program calls a thing, and of what kind it is unless that is clear."""
        what = self.recording.things[thing]
        if not what.name:
            return self.words.nameless.get(what.kind, what.kind)
        name = in_one_line(what.name)[:_LONG]
        clear = not kind or name.lower().endswith(what.kind)
        return name if clear else filled(self.words.named.get(what.kind, "{}"), name)

    def whom(self, span: Span) -> str:
        """For whom or what a span waits, in full; empty where nobody knows."""
        if span.other is not None:
            return self.names[span.other]
        if span.thing is None:
            return ""
        held = list(dict.fromkeys(self._holder(holder.lane, span) for holder in self.holders(span)))
        what = self.thing(span.thing)
        return filled(self.words.held_by, what, self.words.comma.join(held)) if held else what

    def _holder(self, lane: int, span: Span) -> str:
        return self.words.itself if lane == span.lane else self.names[lane]

    def does(self, span: Span) -> str:
        """What the lane does in the span, in full."""
        if span.state == SLEEPS:
            return filled(self.words.sleeps_for, self.duration(span.end - span.start))
        if span.state != WAITS:
            return self.words.states.get(span.state, span.state)
        whom = self.whom(span)
        return filled(self.words.waits_for, whom) if whom else self._waits(span)[0]

    def _waits(self, span: Span) -> tuple[str, ...]:
        return self.words.waits.get(span.what or "", (self.words.waiting,))

    def on_picture(self, span: Span) -> list[str]:
        """What to write on a stretch, from the longest to the shortest."""
        if span.state == SLEEPS:
            return [self.does(span), self.words.states[SLEEPS]]
        if span.state != WAITS:
            return []
        if span.other is not None:
            return self._for_lane(span.other)
        if span.thing is not None:
            whole, bare = self.thing(span.thing), self.thing(span.thing, kind=False)
            return [*(filled(self.words.waits_for, text) for text in (whole, bare)), filled(self.words.for_whom, bare)]
        return [*self._waits(span), self.words.waiting]

    def for_holder(self, span: Span, lane: int, *, first: bool) -> list[str]:
        """The same for a stretch of a wait in which that lane holds the lock: the lock is said only at first."""
        if span.thing is None or not first:
            return [self.names[lane], self.shorts[lane]]
        lock = self.thing(span.thing)
        if lane == span.lane:
            return [filled(self.words.waits_for_itself, lock), filled(self.words.for_whom, self.words.itself)]
        return [filled(self.words.waits_for_holder, self.names[lane][:_LONG], lock), *self._for_lane(lane)]

    def example(self, span: Span) -> str:
        """The short name of another lane that the span waits for, if it does: to explain the short names with."""
        lanes = [span.other] if span.other is not None else [holder.lane for holder in self.holders(span)]
        return next((self.shorts[lane] for lane in lanes if lane != span.lane), "")

    def _for_lane(self, lane: int) -> list[str]:
        name, short = self.names[lane][:_LONG], self.shorts[lane]
        long, brief = self.words.waits_for, self.words.for_whom
        return [filled(long, name), filled(brief, name), filled(long, short), filled(brief, short), short]

    def holding(self, thing: int) -> list[str]:
        """What to write on a box."""
        name = self.thing(thing)
        return [filled(self.words.holds, name), name]

    def duration(self, nanoseconds: int) -> str:
        """Two digits: `2 s`, `0.21 s`, `5.3 ms`, `580 µs`."""
        two = round(nanoseconds, 1 - math.floor(math.log10(nanoseconds))) if nanoseconds > 0 else 0
        unit, size = next((unit, size) for unit, size, least in _UNITS if two >= least)
        return filled(self.words.units[unit], f"{two / size:.3f}".rstrip("0").rstrip("."))
