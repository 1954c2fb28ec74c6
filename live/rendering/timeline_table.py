"""The timeline for those who don't see it: two sentences, and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from live.recording import Recording
from live.rendering.timeline_labels import Clock
from live.rendering.timeline_rows import Row
from live.rendering.timeline_scale import Scale
from live.rendering.timeline_telling import Telling
from live.rendering.timeline_words import filled
from live.replay.handovers import Hold
from live.replay.spans import WAITS, Span

MOST_STRETCHES = 60
_WORTH = 0.01
"""Part of the whole time that a wait for a lock or the like takes at least, to be spoken of rather than a join."""


@dataclass(frozen=True)
class Table:
    """What each lane did, row by row."""

    caption: str
    rows: list[tuple[str, str, str, str]]
    """Lane, from when, until when, and what it did."""


def description(recording: Recording, all_spans: Sequence[Span], scale: Scale, telling: Telling) -> str:
    """How many lanes, how long, and who waits for whom longest."""
    words = telling.words
    counts = Counter(lane.kind for lane in recording.lanes)
    kinds = [
        one if counts[kind] == 1 else filled(several, counts[kind])
        for kind, (one, several) in words.kinds.items()
        if counts[kind]
    ]
    text = filled(words.contents, words.comma.join(kinds), telling.duration(scale.end - scale.start))
    longest = _longest_wait(all_spans, scale, telling)
    if longest is None:
        return text
    long = telling.duration(longest.end - longest.start)
    said = filled(words.longest, telling.names[longest.lane], long, telling.whom(longest))
    return text + words.between + said


def _longest_wait(all_spans: Sequence[Span], scale: Scale, telling: Telling) -> Span | None:
    """The longest wait for somebody; waiting for an end is spoken of only where there is nothing else."""
    waits = [span for span in all_spans if span.state == WAITS and telling.whom(span)]
    least = _WORTH * (scale.end - scale.start)
    others = [span for span in waits if span.what not in ("join", "process") and span.end - span.start >= least]
    return max(others or waits, key=lambda span: span.end - span.start, default=None)


def table(
    recording: Recording, rows: Sequence[Row], all_holds: Sequence[Hold], scale: Scale, telling: Telling
) -> Table:
    """What the rows show, the longest stretches if there are many, by lane and time."""
    words = telling.words
    everything = [stroke.span for row in rows if row.lane is not None for stroke in row.strokes]
    kept = set(sorted(range(len(everything)), key=lambda n: everything[n].start - everything[n].end)[:MOST_STRETCHES])
    clock = Clock(scale, telling)
    caption = filled(words.table, recording.snippet.rpartition("/")[2])
    if len(kept) < len(everything):
        caption += words.comma + filled(words.table_bound, len(kept), len(everything))
    last = {span.lane: number for number, span in enumerate(everything)}
    found = []
    for number in sorted(kept):
        span = everything[number]
        end = clock.text(span.end)
        if recording.lanes[span.lane].end is None and last[span.lane] == number:
            end += words.stop + words.cut
        does = words.stop.join([telling.does(span), *_held(span, all_holds, telling)])
        found.append((telling.names[span.lane], clock.text(span.start), end, does))
    return Table(caption, found)


def _held(span: Span, all_holds: Sequence[Hold], telling: Telling) -> list[str]:
    """That the lane holds locks for most of the stretch."""
    held: Counter[int] = Counter()
    for hold in all_holds:
        if hold.lane == span.lane and hold.start < span.end and hold.end > span.start:
            held[hold.thing] += min(hold.end, span.end) - max(hold.start, span.start)
    return [
        filled(telling.words.holds, telling.thing(thing))
        for thing, long in held.items()
        if long * 2 > span.end - span.start
    ]
