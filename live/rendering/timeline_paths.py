"""The lanes of a timeline as paths: one for all strokes of a state, one for all boxes."""

from __future__ import annotations

from dataclasses import dataclass

from live.rendering.timeline_beside import lane_color
from live.rendering.timeline_rows import Box, Row
from live.rendering.timeline_scale import WIDTH
from live.replay.spans import STATES


@dataclass(frozen=True)
class LaneMarks:
    """All marks of one lane, as a template draws them."""

    number: int | None
    classes: str
    paths: list[tuple[str, str]]
    """CSS class and path of each kind of mark."""
    cut: str
    """Where the sign that it was cut off is, in percent; empty where it was not."""
    y: str


def lane_marks(row: Row) -> LaneMarks:
    """The marks of the row."""
    paths = [
        (kind, path) for kind, deeper in (("live-held", False), ("live-deeper", True)) if (path := _boxes(row, deeper))
    ]
    paths += [(f"live-{state}", path) for state in STATES if (path := _strokes(row, state))]
    if row.prints:
        paths.append(("live-prints", "".join(f"M{number(x)} {number(row.y - 9)}v4" for x in row.prints)))
    classes = "live-rest" if row.lane is None else f"live-lane {lane_color(row.lane)}"
    cut = "" if row.cut is None else percent(row.cut)
    return LaneMarks(row.lane, classes, paths, cut, number(row.y))


def _strokes(row: Row, state: str) -> str:
    """One path for all strokes of a state. What runs is at least as wide as can be seen."""
    least = 2.0 if state not in ("waits", "sleeps") else 0.0
    parts = [
        f"M{number(stroke.x)} {number(row.y)}H{number(max(stroke.right, min(stroke.x + least, WIDTH)))}"
        for stroke in row.strokes
        if stroke.span.state == state
    ]
    return "".join(parts)


def _boxes(row: Row, deeper: bool) -> str:
    """One path for all boxes; one within a box of another lock is a little smaller."""
    parts = []
    for box in row.boxes:
        if (box.depth > 1) is deeper:
            space = 1.5 + 2 * min(_around(box, row), 2)
            x, right = number(box.x), number(max(box.right, box.x + 2))
            parts.append(f"M{x} {number(row.top + space)}H{right}v{number(row.height - 2 * space)}H{x}z")
    return "".join(parts)


def _around(box: Box, row: Row) -> int:
    """How many other locks are held all the time that this one is held."""
    others = [other for other in row.boxes if other.thing != box.thing and other.depth == 1]
    return sum(other.x <= box.x and box.right <= other.right for other in others)


def number(value: float) -> str:
    """The value in halves: of a picture's thousand units, nobody sees less, and each digit is sent to every reader."""
    return f"{round(2 * value) / 2:g}"


def percent(x: float) -> str:
    """A place in the picture's units, as a part of its width."""
    return f"{100 * x / WIDTH:.1f}".removesuffix(".0") + "%"
