"""Arrows on the timeline: who let whom go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from live.rendering.timeline_rows import LOW, Row
from live.rendering.timeline_scale import Scale
from live.replay.handovers import Handover

MOST_ARROWS = 70
MOST_HEADS = 50
STYLES = {
    "lock": "lock",
    "signal": "signal",
    "barrier": "signal",
    "start": "start",
    "join": "start",
    "switch": "switch",
}
"""By kind of hand-over the look that it has; the first ones are drawn last, and left out last."""
_STEEP = 10.0
"""Units to the right that an arrow may go and still end pointing up or down."""
_NEAR = 1.5
"""Units: of arrows that are nearer, between the same lanes, only the first is drawn."""
_DENSE = {"lock": 8.0, "signal": 8.0}
"""The same by style for strong lines, that soon cover what is below them; whichever of the lanes they come from."""
_EDGE = LOW / 2 - 4


@dataclass(frozen=True)
class Arrow:
    """From the lane that did something to the one that went on because of it."""

    style: str
    lane: int
    """The lane that it comes from."""
    x: float
    """Where it begins, in the picture's units."""
    y: float
    """In pixels, as `tip`."""
    end: float
    """Where it ends, in the picture's units."""
    tip: float
    points: str
    """Where its head points: `up`, `down` or `right`; empty where it has none."""


def arrows(rows: Sequence[Row], handovers: Sequence[Handover], scale: Scale) -> tuple[list[Arrow], int]:
    """The arrows that there is room for, and how many others there would be."""
    by_lane = {row.lane: row for row in rows if row.lane is not None}
    ranks = {style: rank for rank, style in enumerate(dict.fromkeys(STYLES.values()))}
    last: dict[tuple[object, ...], float] = {}
    found: list[Arrow] = []
    left = 0
    for handover in handovers:
        source, target = by_lane.get(handover.source), by_lane.get(handover.target)
        style = STYLES.get(handover.kind, "signal")
        if source is None or target is None or source is target or handover.until < scale.start:
            continue
        x, pair = scale.x(handover.at), (handover.source, handover.target)
        near = _DENSE.get(style, _NEAR)
        key = (style, *(sorted(pair) if style in _DENSE else pair))
        if x - last.get(key, -near) >= near:
            last[key] = x
            found.append(_arrow(style, handover, source, target, scale))
        else:
            left += 1
    found.sort(key=lambda arrow: ranks[arrow.style])
    kept = found[:MOST_ARROWS]
    return kept[::-1], left + len(found) - len(kept)


def _arrow(style: str, handover: Handover, source: Row, target: Row, scale: Scale) -> Arrow:
    x, end = scale.x(handover.at), scale.x(handover.until)
    down = source.y < target.y
    if style == "switch":
        return Arrow(style, handover.source, x, source.y, x, target.y, "")
    if end - x > _STEEP:
        return Arrow(style, handover.source, x, source.y, end, target.y, "right")
    tip = target.y + (-_EDGE if down else _EDGE)
    return Arrow(style, handover.source, x, source.y, end, tip, "down" if down else "up")
