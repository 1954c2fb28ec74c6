"""What the timeline shows of each lane: strokes for its states, boxes for the locks it holds, marks for its prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from live.recording import Recording
from live.rendering.timeline_scale import WIDTH, Scale
from live.replay.handovers import Hold
from live.replay.spans import HOT, PARKED, READY, RUNS, SLEEPS, WAITS, Span

MOST_LANES = 14
"""Rows for lanes; where there are more lanes, the last row stands for the rest."""
TOP = 18.0
"""Pixels above the first row, for how long the shortened stretches took."""
LOW, TALL = 22.0, 34.0
"""Heights of rows in pixels: of one without and one with boxes for locks."""
BETWEEN = 7.0
"""Pixels between the rows of two processes."""
_TINY = 2.5
"""Units: what is narrower is merged with what is beside it."""
_WIDE_ENOUGH = 5.0
"""Units that a lock has to be held for a box."""
_BUSIEST = (RUNS, HOT, SLEEPS, WAITS, READY, PARKED)
"""States by how much they say about many lanes at once."""


@dataclass(frozen=True)
class Stroke:
    """A stretch of a lane in one state."""

    span: Span
    """From its start to its end in this state, on whatever lines."""
    x: float
    right: float

    @property
    def width(self) -> float:
        """In the picture's units."""
        return self.right - self.x


@dataclass(frozen=True)
class Box:
    """A stretch in which a lane holds a lock."""

    thing: int
    x: float
    right: float
    depth: int
    """Where it is more than 1, the box lies in one of the same lock that is less deep."""


@dataclass(frozen=True)
class Row:
    """What the picture has for one lane, or for the lanes that have no row of their own."""

    lane: int | None
    """None where it stands for the rest."""
    top: float
    height: float
    strokes: tuple[Stroke, ...]
    boxes: tuple[Box, ...] = ()
    prints: tuple[float, ...] = ()
    """Places where it printed."""
    cut: float | None = None
    """Place where it was cut off, if it was."""

    @property
    def y(self) -> float:
        """The middle of the strokes, in pixels."""
        return self.top + self.height - LOW / 2

    @property
    def bottom(self) -> float:
        """In pixels."""
        return self.top + self.height


def rows(recording: Recording, all_spans: Sequence[Span], all_holds: Sequence[Hold], scale: Scale) -> list[Row]:
    """The rows from top to bottom: the lanes of a process together, and the rest at the end."""
    lanes = recording.lanes
    own = lanes if len(lanes) <= MOST_LANES else lanes[: MOST_LANES - 1]
    strokes = strokes_by_lane(all_spans, scale, len(own))
    boxes, prints = _boxes(all_holds, scale, len(own)), _prints(recording, scale)
    found: list[Row] = []
    top, process = TOP, lanes[0].process
    for lane in sorted(own, key=lambda lane: (lane.process, lane.number)):
        top += BETWEEN if lane.process != process else 0
        process = lane.process
        held, lines = boxes[lane.number], tuple(strokes[lane.number])
        cut = lines[-1].right if lane.end is None and lines else None
        height = TALL if held else LOW
        found.append(Row(lane.number, top, height, lines, tuple(held), tuple(prints[lane.number]), cut))
        top += height
    if len(own) < len(lanes):
        found.append(Row(None, top + BETWEEN, LOW, tuple(_merged(all_spans, scale, len(own)))))
    return found


def strokes_by_lane(all_spans: Iterable[Span], scale: Scale, lanes: int) -> list[list[Stroke]]:
    """For each of the first lanes its states, without those that nobody could see."""
    alike: list[list[list[Span]]] = [[] for _ in range(lanes)]
    for span in all_spans:
        if span.lane < lanes and span.end > scale.start:
            before = alike[span.lane]
            if before and before[-1][-1].end == span.start and _key(before[-1][-1]) == _key(span):
                before[-1].append(span)
            else:
                before.append([span])
    return [_visible([_stroke(group, scale) for group in groups]) for groups in alike]


def _stroke(alike: Sequence[Span], scale: Scale) -> Stroke:
    start, end = max(alike[0].start, scale.start), alike[-1].end
    return Stroke(_over(alike[0], start, end), scale.x(start), scale.x(end))


def _over(span: Span, start: int, end: int) -> Span:
    """The span with other ends."""
    if span.start == start and span.end == end:
        return span
    return Span(span.lane, start, end, span.state, span.file, span.line, span.what, span.thing, span.other)


def _key(span: Span) -> tuple[object, ...]:
    return (span.state, span.what, span.thing, span.other)


def _visible(strokes: list[Stroke]) -> list[Stroke]:
    """The strokes, with tiny ones that follow each other made one; it runs there if any of them runs."""
    found: list[Stroke] = []
    crumbs: list[Stroke] = []
    for stroke in strokes:
        if stroke.width < _TINY:
            crumbs.append(stroke)
            if crumbs[-1].right - crumbs[0].x < _TINY:
                continue
        _sweep(crumbs, found)
        if stroke.width >= _TINY:
            _add(found, stroke)
    _sweep(crumbs, found)
    return found


def _sweep(crumbs: list[Stroke], found: list[Stroke]) -> None:
    if crumbs:
        shown = min(crumbs, key=lambda crumb: _BUSIEST.index(crumb.span.state))
        x, right = crumbs[0].x, crumbs[-1].right
        span = _over(shown.span, crumbs[0].span.start, crumbs[-1].span.end)
        _add(found, Stroke(span, x, right))
        crumbs.clear()


def _add(found: list[Stroke], stroke: Stroke) -> None:
    if found and _key(found[-1].span) == _key(stroke.span) and found[-1].span.end == stroke.span.start:
        last = found.pop()
        stroke = Stroke(_over(last.span, last.span.start, stroke.span.end), last.x, stroke.right)
    found.append(stroke)


@dataclass
class _Joined:
    """Holds of one lane and one lock, as far as they cannot be told apart."""

    boxes: list[Box] = field(default_factory=list)

    def add(self, box: Box) -> None:
        if self.boxes and box.x - self.boxes[-1].right < _TINY:
            box = Box(box.thing, self.boxes.pop().x, box.right, box.depth)
        self.boxes.append(box)


def _boxes(all_holds: Iterable[Hold], scale: Scale, lanes: int) -> list[list[Box]]:
    """For each of the first lanes its boxes; a deeper one comes after the one it lies in."""
    joined: dict[tuple[int, int, int], _Joined] = defaultdict(_Joined)
    for hold in all_holds:
        if hold.lane < lanes and hold.end > scale.start:
            x, right = scale.x(hold.start), scale.x(hold.end)
            for depth in range(1, min(hold.depth, 4) + 1):
                joined[depth, hold.lane, hold.thing].add(Box(hold.thing, x, right, depth))
    found: list[list[Box]] = [[] for _ in range(lanes)]
    for (depth, lane, thing), boxes in sorted(joined.items()):
        outer = [box for box in found[lane] if box.thing == thing and box.depth == 1]
        found[lane] += [
            box
            for box in boxes.boxes
            if (any(around.x <= box.x and box.right <= around.right for around in outer) if depth > 1 else _wide(box))
        ]
    return found


def _wide(box: Box) -> bool:
    return box.right - box.x >= _WIDE_ENOUGH


def _prints(recording: Recording, scale: Scale) -> dict[int, list[float]]:
    """By lane, where it printed; what cannot be told apart is one."""
    found: dict[int, list[float]] = defaultdict(list)
    for piece in recording.output:
        if piece.lane is not None:
            x = scale.x(piece.at)
            if not found[piece.lane] or x - found[piece.lane][-1] >= _TINY:
                found[piece.lane].append(x)
    return found


def _merged(all_spans: Iterable[Span], scale: Scale, first: int) -> list[Stroke]:
    """The lanes from `first` on as one: in each place the state that says most."""
    places = int(WIDTH / _TINY) + 1
    changes = {state: [0] * (places + 1) for state in _BUSIEST}
    for span in all_spans:
        if span.lane >= first and span.end > scale.start:
            changes[span.state][int(scale.x(span.start) / _TINY)] += 1
            changes[span.state][int(scale.x(span.end) / _TINY) + 1] -= 1
    counts = {state: list(accumulate(change)) for state, change in changes.items()}
    found: list[Stroke] = []
    for place in range(places):
        x = place * _TINY
        state = next((state for state in _BUSIEST if counts[state][place]), None)
        if state and found and found[-1].right == x and found[-1].span.state == state:
            found[-1] = replace(found[-1], right=x + _TINY)
        elif state:
            found.append(Stroke(Span(first, 0, 0, state), x, x + _TINY))
    return found
