"""The picture that stands for a page where somebody shares its address: the wordmark, and the run that it shows first.

No text is drawn but the wordmark, which is made of outlines: so the picture needs no font, and suits all languages.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from live.recording import Recording
from live.rendering.template import template
from live.rendering.timeline_arrows import Arrow, arrows
from live.rendering.timeline_paths import LaneMarks, lane_marks
from live.rendering.timeline_rows import TOP, rows
from live.rendering.timeline_scale import WIDTH as LONG
from live.rendering.timeline_scale import scale
from live.replay.handovers import handovers, holds
from live.replay.spans import spans

WIDTH, HEIGHT = 1200, 630
"""Pixels: what the sites that show such pictures ask for."""
COLORS = ("#56616c", "#0072b2", "#c47f00", "#009e73", "#c4679a", "#2f94cf", "#d55e00", "#948a00")
"""Of lanes, as in the light scheme of docs/assets/timeline.css."""
_LEFT, _TOP, _ROOM = 60.0, 190.0, 380.0
"""Pixels from the left and from the top to the lanes, and how high they may be."""
_TALLEST = 2.8
"""How many times as high as on the page the rows are at most."""
_STYLES = ("lock", "signal", "barrier")
"""Arrows that are worth their ink without words beside them."""


@dataclass(frozen=True)
class _Timeline:
    """The lanes in the timeline's units, and what makes pixels of them."""

    lanes: list[LaneMarks]
    arrows: list[Arrow]
    bottom: float
    right: float
    """Pixels in a unit to the right."""
    down: float
    """Pixels in a unit downwards; lines become as much wider."""
    left: float = _LEFT
    top: float = 0.0
    """Pixels."""

    @property
    def dash(self) -> float:
        """What makes a length along a line grow as its width does."""
        return self.down / self.right

    def x(self, x: float) -> float:
        """The place on the picture, in pixels."""
        return round(self.left + x * self.right, 1)

    def y(self, y: float) -> float:
        """The place on the picture, in pixels."""
        return round(self.top + y * self.down, 1)


def card(recording: Recording | None, wordmark: str) -> str:
    """The picture as an SVG.

    Args:
        recording: The run; None, or one without lanes, where there is none to show.
        wordmark: An SVG without any text, 638 units wide and 80 high.
    """
    timeline = _timeline(recording) if recording and recording.lanes else None
    # `Recording.lanes` decides on nothing but geometry here, and the wordmark is the site's own file.
    return template("card.svg").render(
        width=WIDTH, height=HEIGHT, colors=COLORS, wordmark=Markup(wordmark), timeline=timeline
    )


def _timeline(recording: Recording) -> _Timeline:
    all_spans, all_holds = spans(recording), holds(recording)
    place = scale(recording, [span.end for span in all_spans])
    found = rows(recording, all_spans, all_holds, place)
    drawn, _ = arrows(found, handovers(recording), place)
    high = found[-1].bottom - TOP
    down = min(_ROOM / high, _TALLEST)
    top = _TOP + (_ROOM - high * down) / 2 - TOP * down
    right = (WIDTH - 2 * _LEFT) / LONG
    marked = [arrow for arrow in drawn if arrow.style in _STYLES and arrow.points]
    return _Timeline([lane_marks(row) for row in found], marked, found[-1].bottom, right, down, top=round(top, 1))


def png(svg: str) -> bytes:
    """The SVG as a PNG of the size that it says. The same SVG gives the same bytes on every machine."""
    import resvg_py  # takes longer to load than everything else here, and most builds find the picture ready

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
