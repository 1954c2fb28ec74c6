"""Texts on the timeline, each where it has room: on a phone, on anything wider, or on both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, zip_longest

from live.rendering.timeline_rows import Row, Stroke
from live.rendering.timeline_scale import WIDTH, Scale
from live.rendering.timeline_telling import Telling

NARROW, WIDE = "live-narrow", "live-wide"
"""CSS classes of what is shown on a phone only, and on anything wider only."""
PHONE = 360
"""Pixels that a window is wide at least; many phones have no more."""
WHOLE = {NARROW: 306.0, WIDE: 580.0}
"""Pixels that picture and names have together: the least of each."""
LATIN, _HAN = 6.1, 10.5
"""Pixels that a character takes, about."""
_FREE = 4.0
"""Pixels between a text and what is beside it."""
_AGAIN = 60.0
"""Pixels in which the name of a lock is not repeated beside boxes that it does not fit into."""
_MOST = 130
"""Texts in one width of the picture."""


@dataclass(frozen=True)
class Label:
    """A text on the picture."""

    x: float
    """The place of its middle, in the picture's units."""
    y: float
    """Of its base line, in pixels."""
    text: str
    only: str = ""
    """`NARROW` or `WIDE`, where it is shown in one of the two only."""
    kind: str = ""
    """CSS class."""
    lane: int | None = None
    """The lane in whose colour the background is, if it has one."""


@lru_cache(maxsize=4096)
def width(text: str) -> float:
    """How wide a text is, in pixels, about."""
    if text.isascii():
        return LATIN * len(text)
    return sum(_HAN if ord(character) > 0x2E7F else LATIN for character in text)


def widths(names: Sequence[float]) -> dict[str, float]:
    """Pixels that texts on the picture have to fit into, by `NARROW` and `WIDE`, where names take so many in each."""
    return {only: whole - taken for (only, whole), taken in zip(WHOLE.items(), names, strict=True)}


def labels(rows: Sequence[Row], scale: Scale, telling: Telling, pixels: Mapping[str, float]) -> list[Label]:
    """All texts on lanes of a picture that is so many pixels wide, by `NARROW` and `WIDE`."""
    found: list[Label] = []
    for only, wide in pixels.items():
        lanes = (row for row in rows if row.lane is not None)
        texts = (
            text
            for row in lanes
            for text in (*_on_strokes(row, scale, telling, only, wide), *_on_boxes(row, telling, only, wide))
        )
        found += islice(texts, _MOST)
    return shared(found)


def shared(found: Iterable[Label]) -> list[Label]:
    """Labels that are alike in both widths of the picture, as one."""
    kept: dict[tuple[object, ...], Label] = {}
    for label in found:
        what = (label.x, label.y, label.text, label.kind)
        kept[what] = replace(label, only="") if what in kept else label
    return list(kept.values())


def _fitting(texts: Iterable[str], room: float) -> str:
    """The first text that there is room for, in pixels; empty where there is none."""
    return next((text for text in texts if width(text) + _FREE <= room), "")


def _on_strokes(row: Row, scale: Scale, telling: Telling, only: str, wide: float) -> Iterator[Label]:
    pixels = wide / WIDTH
    for stroke in row.strokes:
        said = _by_holder(stroke, scale, telling, pixels)
        if not said:
            text = _fitting(telling.on_picture(stroke.span), stroke.width * pixels)
            said = [((stroke.x + stroke.right) / 2, text)] if text else []
        for x, text in said:
            lane = row.lane if any(box.x <= x <= box.right for box in row.boxes) else None
            yield Label(x, row.y + 3.5, text, only, lane=lane)


def _by_holder(stroke: Stroke, scale: Scale, telling: Telling, pixels: float) -> list[tuple[float, str]]:
    """For a wait that most of the time has a holder whose name has room: each of those names, and its place."""
    found: list[tuple[float, str]] = []
    told = 0.0
    for holder in telling.holders(stroke.span):
        x, right = scale.x(holder.start), scale.x(holder.end)
        texts = telling.for_holder(stroke.span, holder.lane, first=not found)
        text = _fitting(texts, (right - x) * pixels)
        if text:
            found.append(((x + right) / 2, text))
            told += right - x
    return found if told >= stroke.width / 2 else []


def _on_boxes(row: Row, telling: Telling, only: str, wide: float) -> Iterator[Label]:
    """The names of locks, and how often a lock is held where that is more than once, as far as there is room."""
    pixels = wide / WIDTH
    outer = sorted((box for box in row.boxes if box.depth == 1), key=lambda box: box.x)
    names: list[tuple[float, float]] = []
    thing = -1
    taken = 0.0  # the line is full up to here, by names and by boxes
    for box, after in zip_longest(outer, outer[1:]):
        texts = telling.holding(box.thing)
        left, end = max(box.x, taken), after.x if after else WIDTH
        text = _fitting(texts, (box.right - left) * pixels)
        told = bool(names) and thing == box.thing and (left - names[-1][1]) * pixels < _AGAIN
        if not text and box.x >= taken and not told:
            # Beside a box its line is empty up to the next one, so that a name may stick out: to the right if possible.
            text = _fitting(texts[1:], (end - taken) * pixels)
            left = min(left, end - (width(text) + _FREE) / pixels)
        if text:
            half = (width(text) + _FREE) / 2 / pixels
            taken = left + 2 * half
            names.append((left, taken))
            thing = box.thing
            yield Label(left + half, row.top + 11, text, only, "live-lock", row.lane)
        if after and box.right <= after.x:
            taken = max(taken, box.right)
    for box in row.boxes:
        text = str(box.depth)
        half = width(text) / 2 / pixels
        middle = max(box.right - half - 2 / pixels, (box.x + box.right) / 2)
        room = (box.right - box.x) * pixels + 1 >= width(text)
        if box.depth > 1 and room and all(right <= middle - half or middle + half <= x for x, right in names):
            yield Label(middle, row.top + 11, text, only, "live-depth")


def axis_labels(scale: Scale, telling: Telling, y: float, pixels: Mapping[str, float]) -> list[Label]:
    """How long the shortened stretches took, above the rows, and the time, below them at `y`."""
    found: list[Label] = []
    for only, wide in pixels.items():
        breaks = [
            _inside((scale.x(gap.start) + scale.x(gap.end)) / 2, telling.duration(gap.end - gap.start), wide)
            for gap in sorted(scale.breaks, key=lambda gap: gap.start - gap.end)
        ]
        for kind, height, texts in (("live-took", 11, breaks), ("live-time", y, _times(scale, telling, wide))):
            found += _apart((Label(x, height, text, only, kind) for x, text in texts), wide / WIDTH)
    return shared(found)


def _inside(x: float, text: str, wide: float) -> tuple[float, str]:
    """The text in that place, or as near to it as the edges of a picture of so many pixels let it."""
    half = width(text) / 2 * WIDTH / wide
    return min(max(x, half), WIDTH - half), text


def _times(scale: Scale, telling: Telling, wide: float) -> list[tuple[float, str]]:
    """The first and the last moment, then those between, of which some may have no room."""
    ends = [scale.points[1][0], scale.points[-2][0]]
    times = [*ends, *(gap.end for gap in scale.breaks), *(time for time, _ in scale.points[2:-2])]
    clock = Clock(scale, telling)
    found: dict[str, float] = {}
    for time in times:
        found.setdefault(clock.text(time), scale.x(time))
    return [_inside(x, text, wide) for text, x in found.items()]


@dataclass(frozen=True)
class Clock:
    """Tells moments, all in one unit, since the program was started."""

    scale: Scale
    telling: Telling

    def text(self, at: int) -> str:
        """Such as `0.2 s`; two moments that the reader can tell apart mostly differ."""
        long = self.scale.end - self.scale.start
        units = self.telling.words.units
        if long >= 2e8:
            return units["s"].format(f"{at / 1e9:.{2 if long < 2e9 else 1}f}")
        return units["ms"].format(f"{at / 1e6:.{0 if long >= 2e7 else 1 if long >= 2e6 else 2}f}")


def _apart(found: Iterable[Label], pixels: float) -> list[Label]:
    """The labels that do not touch one that comes before them."""
    kept: list[Label] = []
    for label in found:
        clear = all(
            abs(label.x - other.x) * pixels >= (width(label.text) + width(other.text)) / 2 + _FREE for other in kept
        )
        if clear:
            kept.append(label)
    return kept
