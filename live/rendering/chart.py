"""A table of measurements as a picture: an inline SVG for each of its columns, which needs no script.

The table itself stands below on the page, so that nobody depends on the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from live.recording import Recording
from live.rendering.chart_words import ChartWords, chart_words
from live.rendering.program import origin
from live.rendering.template import template
from live.rendering.timeline_paths import number
from live.rendering.words import date, spoken, words

_ROW = 18.0
"""Height of a row, in the picture's units. These are about a pixel."""
_LEFT, _RIGHT = 96.0, 258.0
"""Where the scale begins and ends."""


@dataclass(frozen=True)
class Bar:
    """What was measured of one thing."""

    label: str
    text: str
    """As the table has it."""
    middle: float | None
    """None where nothing was measured, and the text says why."""
    low: float = 0.0
    high: float = 0.0
    """The same as `middle` where nothing is known of how far it spreads."""

    def overlaps(self, other: Bar) -> bool:
        """Whether no difference between the two is seen."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Panel:
    """A column of the table, one part of the chart."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def measured(self) -> list[Bar]:
        """Without those of which nothing is known."""
        return [bar for bar in self.bars if bar.middle is not None]

    @property
    def least(self) -> list[Bar]:
        """The bar with the least, and then those that cannot be told from it."""
        if not self.measured:
            return []
        least = min(self.measured, key=_middle)
        return [least, *(bar for bar in self.measured if bar is not least and bar.overlaps(least))]


def render_chart(panels: Sequence[Panel], recording: Recording, *, title: str, language: str, name: str) -> Markup:
    """The figure as HTML, on one line.

    Args:
        panels: What it shows; less is taken to be better.
        recording: The run that measured.
        title: What was measured, and in which unit.
        language: The page's language, a key of `CHART_WORDS`.
        name: Unique on the page; the ids in the figure begin with it.
    """
    said = chart_words(language)
    html = template("chart.html").render(
        words=said,
        lang="" if spoken(language) == language else spoken(language),
        id=name,
        title=title,
        panels=[_drawn(panel, said) for panel in panels],
        facts=[*origin(recording, words(language)), date(language, recording.started[:10])],
        left=number(_LEFT),
        value=number(_RIGHT + 10),
    )
    return Markup(" ".join(html.split("\n")))


def _drawn(panel: Panel, said: ChartWords) -> dict[str, object]:
    """What the template needs of a part."""
    measured, least = panel.measured, panel.least
    low, high = min([0.0, *(bar.low for bar in measured)]), max([0.0, *(bar.high for bar in measured)])

    def x(value: float) -> str:
        return number(_LEFT + (value - low) / ((high - low) or 1.0) * (_RIGHT - _LEFT))

    rows = [
        {
            "label": bar.label,
            "text": bar.text,
            "y": number(_ROW * (place + 0.5)),
            "measured": bar.middle is not None,
            "least": bar in least,
            "start": x(bar.low),
            "middle": x(bar.middle or 0.0),
            "end": x(bar.high),
        }
        for place, bar in enumerate(panel.bars)
    ]
    height = number(_ROW * len(rows))
    return {"title": panel.title, "rows": rows, "height": height, "zero": x(0.0), "description": _said(panel, said)}


def _said(panel: Panel, said: ChartWords) -> str:
    if not panel.measured:
        return said.nothing
    least, *others = panel.least
    most = max(panel.measured, key=_middle)
    if others:
        same = said.comma.join(bar.label for bar in others)
        return said.description.format(least.label, least.text, same, most.label, most.text)
    return said.alone.format(least.label, least.text, most.label, most.text)


def _middle(bar: Bar) -> float:
    return bar.middle or 0.0
