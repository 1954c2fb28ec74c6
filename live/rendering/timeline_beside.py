"""What stands beside the timeline's picture and below it: names, the meaning of the marks, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from live.recording import Recording
from live.rendering.timeline_arrows import STYLES, Arrow
from live.rendering.timeline_labels import LATIN, NARROW, WIDE, width
from live.rendering.timeline_rows import Row
from live.rendering.timeline_scale import Scale
from live.rendering.timeline_telling import Telling
from live.rendering.timeline_words import TimelineWords, filled
from live.replay.spans import STATES, WAITS

COLORS = 8
"""Lane colours, of which docs/assets/timeline.css says what they look like in both colour schemes."""
_NAMES = {NARROW: 66.0, WIDE: 150.0}
"""Pixels that the names beside the rows have at most."""
_LETTER = 7.0
"""Pixels that a letter of a name takes at most, about."""
_CAPTION = 366.0
"""Pixels that the texts below the picture have on a phone."""
_SAMPLE = 32.0
"""Pixels of a mark before its meaning."""
_GAP = 15.0
"""Pixels between two texts."""
_INDENT = 9.0
"""Pixels by which the name of a lane is behind that of its process, where there are several."""


@dataclass(frozen=True)
class Name:
    """What stands beside a row."""

    long: str
    short: str
    classes: str
    top: float
    height: float
    last: float
    """Height of the line of strokes, with which the name is level."""


def beside(found: Sequence[Row], recording: Recording, telling: Telling) -> list[Name]:
    """The names of the rows, from top to bottom."""
    several = len({lane.process for lane in recording.lanes}) > 1
    made = []
    for row in found:
        last = row.bottom - row.y
        if row.lane is None:
            text = filled(telling.words.more_lanes, len(recording.lanes) - len(found) + 1)
            made.append(Name(text, "", "", row.top, row.height, last))
            continue
        long, short = telling.names[row.lane], telling.shorts[row.lane]
        inner = several and recording.lanes[row.lane].process != row.lane
        room = _NAMES[NARROW] - (_INDENT if inner else 0)
        classes = lane_color(row.lane) + (" live-inner" if inner else "")
        made.append(Name(long, short if _name_width(long) > room else "", classes, row.top, row.height, last))
    return made


def columns(found: Sequence[Row], recording: Recording, telling: Telling) -> tuple[int, int]:
    """Pixels that the names take: on a phone, and on anything wider."""
    made = beside(found, recording, telling)
    needed = [
        max(
            width(text) + (_INDENT if "live-inner" in name.classes else 0)
            for name, text in zip(made, texts, strict=True)
        )
        for texts in ([name.short or name.long for name in made], [name.long for name in made])
    ]
    narrow, wide = (round(min(most, pixels) + 20) for most, pixels in zip(_NAMES.values(), needed, strict=True))
    return narrow, wide


def _name_width(name: str) -> float:
    return _LETTER / LATIN * width(name)


def legend(found: Sequence[Row], drawn: Sequence[Arrow], place: Scale, telling: Telling) -> list[tuple[str, str]]:
    """The marks that the picture has, and what they mean."""
    words = telling.words.legend
    strokes = [stroke for row in found for stroke in row.strokes]
    states = {stroke.span.state for stroke in strokes}
    named = next((telling.example(stroke.span) for stroke in strokes if telling.example(stroke.span)), "")
    has = {
        **{state: state in states for state in STATES},
        "holds": any(row.boxes for row in found),
        "deeper": any(box.depth > 1 for row in found for box in row.boxes),
        **{style: any(arrow.style == style for arrow in drawn) for style in dict.fromkeys(STYLES.values())},
        "prints": any(row.prints for row in found),
        "cut": any(row.cut is not None for row in found),
        "break": bool(place.breaks),
    }
    made = [(mark, words[mark]) for mark, there in has.items() if there]
    plain_waits = (WAITS, words["waiting"])
    waits = (WAITS, filled(words[WAITS], named)) if named else plain_waits
    return [waits if mark == WAITS else (mark, text) for mark, text in made]


def notes(found: Sequence[Row], recording: Recording, left: int, words: TimelineWords) -> list[str]:
    """What the picture leaves out."""
    own = sum(row.lane is not None for row in found)
    rest = len(recording.lanes) - own
    notes = [filled(words.shown_lanes, own, len(recording.lanes), rest)] if rest else []
    return [*notes, filled(words.more_arrows, left)] if left else notes


def caption_rows(marks: Sequence[tuple[str, str]], others: Sequence[str]) -> int:
    """How many rows the texts below the picture take on a phone, about.

    Args:
        marks: The legend.
        others: What stands behind it.
    """
    count, left = 0, 0.0
    for needed in [*(_SAMPLE + width(text) for _, text in marks), *map(width, others)]:
        if needed > left:
            count, left = count + max(1, ceil(needed / _CAPTION)), _CAPTION
        left -= needed + _GAP
    return count


def lane_color(lane: int) -> str:
    """The CSS class of what has the lane's colour."""
    return f"live-lane-color-{lane % COLORS}"
