"""Where a moment lies on the timeline's picture: busy stretches get room, long ones without an event are shortened."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from live.recording import Recording

WIDTH = 1000.0
"""Of the picture, in its own units, whatever its width on the page is."""
MARGIN = 6.0
"""Units at both ends: for what is before the program's first line and after its last, and for marks that are wide."""
MOST_BREAKS = 40
_OUTSTANDING = 8
"""A shortened stretch is longer than so many usual distances between events, and than this part of all others."""
_FINEST = 1500
"""No stretch is shortened that is a smaller part of the whole."""
_SAID = 50
"""A shortened stretch that is a smaller part of the whole is not worth a mark."""
_LEAST = 6.0
"""Units that a stretch has at least."""


@dataclass(frozen=True)
class Break:
    """A stretch in which nothing happened, and that is drawn shorter than its duration."""

    start: int
    """Nanoseconds since the program was started."""
    end: int


@dataclass(frozen=True)
class Scale:
    """A line through points, from time to place."""

    points: tuple[tuple[int, float], ...]
    """Nanoseconds since the program was started, and the picture's units. Both increase; there are at least two."""
    start: int
    """When the program's first line ran: all before is in the left margin."""
    end: int
    """When the last lane ended: all after is in the right margin."""
    breaks: tuple[Break, ...] = ()
    """What is shortened so much that it has to be said."""

    def x(self, at: int) -> float:
        """The place of a moment, in the picture's units."""
        index = min(max(bisect_right(self._times, at) - 1, 0), len(self.points) - 2)
        (time, x), (later, right) = self.points[index], self.points[index + 1]
        part = (at - time) / (later - time)
        return x + min(max(part, 0.0), 1.0) * (right - x)

    @cached_property
    def _times(self) -> list[int]:
        return [time for time, _ in self.points]


def scale(recording: Recording, ends: Sequence[int]) -> Scale:
    """The scale that suits a run.

    Args:
        recording: The run; it has lanes.
        ends: When its spans ended, in nanoseconds since the program was started.
    """
    first = min((lane.start for lane in recording.lanes), default=0)
    start = min((event.at for event in recording.events if event.kind == "line"), default=first)
    times = {event.at for event in recording.events} | {
        piece.at for piece in recording.output if piece.lane is not None
    }
    times |= {lane.start for lane in recording.lanes} | set(ends)
    end = max(*times, start + 1)
    moments = [start, *sorted(time for time in times if start < time < end), end]
    breaks = _breaks(moments)
    before, after = min(first, *times, start - 1), max(recording.duration, end + 1)
    found = Scale(((before, 0.0), *_points(moments, breaks), (after, WIDTH)), start, end)
    return replace(found, breaks=tuple(_shortened(found, breaks)))


def _shortened(found: Scale, breaks: list[Break]) -> list[Break]:
    """Those drawn at a quarter of the usual scale or less, and long enough to matter."""
    begins = {gap.start for gap in breaks}
    paces = [
        (after[1] - at[1]) / (after[0] - at[0]) for at, after in pairwise(found.points[1:-1]) if at[0] not in begins
    ]
    usual = median(paces) if paces else 0.0
    return [
        gap
        for gap in breaks
        if (found.x(gap.end) - found.x(gap.start)) / (gap.end - gap.start) <= usual / 4
        and (gap.end - gap.start) * _SAID >= found.end - found.start
    ]


def _breaks(moments: list[int]) -> list[Break]:
    """The stretches that are much longer than what is left without them."""
    gaps = sorted((Break(*pair) for pair in pairwise(moments)), key=lambda gap: gap.start - gap.end)
    rest, count = moments[-1] - moments[0], 0
    shortest = rest / _FINEST
    for number, gap in enumerate(gaps[: min(MOST_BREAKS, len(gaps) - 1)], start=1):
        long = gap.end - gap.start
        rest -= long
        if long < shortest:
            break
        if long * (len(gaps) - number) > _OUTSTANDING * rest and long * _OUTSTANDING > rest:
            count = number
    return sorted(gaps[:count], key=lambda gap: gap.start)


def _points(moments: list[int], breaks: list[Break]) -> list[tuple[int, float]]:
    """The scale's points between the margins: one where a stretch, shortened or busy, begins, and one at the end."""
    starts = [moments[0]]
    weights: list[float] = []
    share = _share(moments, breaks)
    shortest = min((gap.end - gap.start for gap in breaks), default=1)
    for gap in breaks:
        if gap.start > starts[-1]:
            weights.append(-_busy(moments, starts[-1], gap.start))
            starts.append(gap.start)
        weights.append(1 + 2 * math.log10((gap.end - gap.start) / shortest))
        starts.append(gap.end)
    if starts[-1] < moments[-1]:
        weights.append(-_busy(moments, starts[-1], moments[-1]))
        starts.append(moments[-1])
    return list(zip(starts, _places(weights, share), strict=True))


def _share(moments: list[int], breaks: list[Break]) -> float:
    """The part of the width that the shortened stretches get."""
    shortened = sum(gap.end - gap.start for gap in breaks)
    return 0.3 + 0.4 * shortened / (moments[-1] - moments[0]) if breaks else 0.0


def _busy(moments: list[int], start: int, end: int) -> float:
    """How much room a busy stretch asks for: more events more, but not in proportion."""
    return math.sqrt(bisect_right(moments, end) - bisect_right(moments, start) + 1)


def _places(weights: list[float], share: float) -> list[float]:
    """Places that part the width by weights; the negative ones are those of busy stretches."""
    shortened = sum(weight for weight in weights if weight > 0) or 1
    busy = sum(-weight for weight in weights if weight < 0) or 1
    share = 1.0 if all(weight > 0 for weight in weights) else share
    widths = [
        max(_LEAST / WIDTH, share * weight / shortened if weight > 0 else (1 - share) * -weight / busy)
        for weight in weights
    ]
    places = [MARGIN]
    for width in widths:
        places.append(places[-1] + (WIDTH - 2 * MARGIN) * width / sum(widths))
    return [*places[:-1], WIDTH - MARGIN]
