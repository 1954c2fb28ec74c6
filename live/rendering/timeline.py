"""The timeline of a run, as an inline SVG that needs no script, and as a table for those who don't see it.

The picture is as wide as the page lets it be, and always equally high: its units are pixels downwards, and thousandths
of its width to the right. So that text is neither stretched nor shrunk, it lies in a second SVG on top of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from live.recording import Recording
from live.rendering.template import template
from live.rendering.timeline_arrows import MOST_HEADS, Arrow, arrows
from live.rendering.timeline_beside import beside, caption_rows, columns, lane_color, legend, notes
from live.rendering.timeline_labels import NARROW, WIDE, Label, axis_labels, labels, widths
from live.rendering.timeline_paths import lane_marks, number, percent
from live.rendering.timeline_rows import BETWEEN, Row, rows
from live.rendering.timeline_scale import Scale, scale
from live.rendering.timeline_table import description, table
from live.rendering.timeline_telling import Telling
from live.rendering.timeline_words import filled, timeline_words
from live.replay.handovers import handovers, holds
from live.replay.spans import spans

_AXIS = 20.0
"""Pixels below the last row."""


def render_timeline(recording: Recording, *, language: str, name: str) -> Markup:
    """The figure as HTML; empty for a program that was not recorded from inside.

    Args:
        recording: The run.
        language: The page's language, a key of `TIMELINE_WORDS`.
        name: Unique on the page; the ids in the figure begin with it.
    """
    if not recording.lanes:
        return Markup()
    words = timeline_words(language)
    all_spans, all_holds = spans(recording), holds(recording)
    place = scale(recording, [span.end for span in all_spans])
    telling = Telling(recording, all_holds, words)
    found = rows(recording, all_spans, all_holds, place)
    drawn, left = arrows(found, handovers(recording), place)
    bottom = found[-1].bottom
    marks, others = legend(found, drawn, place, telling), notes(found, recording, left, words)
    names = columns(found, recording, telling)
    pixels = widths(names)
    texts = [*labels(found, place, telling, pixels), *axis_labels(place, telling, bottom + 15, pixels)]
    return Markup(
        template("timeline.html").render(
            words=words,
            id=name,
            title=filled(words.title, recording.snippet.rpartition("/")[2]),
            description=description(recording, all_spans, place, telling),
            height=number(bottom + _AXIS),
            bottom=bottom,
            lanes=[lane_marks(row) for row in _in_order(found)],
            rules=[
                row.top - BETWEEN / 2 for row, above in zip(found[1:], found, strict=False) if row.top > above.bottom
            ],
            cuts=[_cut(place.x(gap.start), place.x(gap.end)) for gap in place.breaks],
            ticks=_ticks(place, bottom),
            arrows=_lines(drawn),
            heads=_heads(drawn),
            groups=_grouped(texts),
            names=beside(found, recording, telling),
            columns=names,
            legend=marks,
            notes=others,
            caption=caption_rows(marks, others),
            table=table(recording, found, all_holds, place, telling),
            percent=percent,
            number=number,
            color=lane_color,
        )
    )


def _in_order(found: Sequence[Row]) -> list[Row]:
    """The lanes in the recording's order, which is not always that of the rows, and then the rest."""
    return sorted(found, key=lambda row: (row.lane is None, row.lane or 0))


def _ticks(place: Scale, bottom: float) -> str:
    """Marks on the axis where busy and shortened stretches meet."""
    xs = dict.fromkeys(number(x) for _, x in place.points[1:-1])
    return "".join(f"M{x} {number(bottom + 2)}v4" for x in xs)


def _cut(start: float, end: float) -> str:
    """Where a shortened stretch is cut: away from its middle, where the texts are."""
    return number(end - 0.12 * (end - start))


def _lines(drawn: Sequence[Arrow]) -> list[tuple[str, str]]:
    """By style, one path for the lines of all arrows."""
    paths: dict[str, str] = {}
    for arrow in drawn:
        x, y, end, tip = map(number, (arrow.x, arrow.y, arrow.end, arrow.tip))
        path = f"M{x} {y}V{tip}H{end}" if arrow.points == "right" else f"M{x} {y}L{end} {tip}"
        paths[arrow.style] = paths.get(arrow.style, "") + path
    return list(paths.items())


def _heads(drawn: Sequence[Arrow]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """By style, where arrows have heads: where they point, x and y."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for arrow in [arrow for arrow in drawn if arrow.points][-MOST_HEADS:]:
        found.setdefault(arrow.style, []).append((arrow.points, percent(arrow.end), number(arrow.tip)))
    return list(found.items())


def _grouped(texts: Iterable[Label]) -> list[tuple[str, list[Label]]]:
    """The labels by the widths of the picture that show them."""
    found: dict[str, list[Label]] = {"": [], WIDE: [], NARROW: []}
    for label in texts:
        found[label.only].append(label)
    return [(only, group) for only, group in found.items() if group]
