"""What a chart says, in the languages of the pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChartWords:
    """Labels; the ones with braces are formats."""

    least: str
    more: str
    spread: str
    scales: str
    description: str
    """Of one part: what has the least, what cannot be told from it, and what has the most."""
    alone: str
    """The same where nothing else comes near the least."""
    nothing: str
    comma: str
    stop: str


CHART_WORDS = {
    "en": ChartWords(
        least="the least, and whatever overlaps with it: no difference seen",
        more="more than the least",
        spread="from lowest to highest",
        scales="each part has a scale of its own, from 0",
        description="Least: {}, {}. No difference seen from it: {}. Most: {}, {}.",
        alone="Least: {}, {}. Most: {}, {}.",
        nothing="Nothing was measured.",
        comma=", ",
        stop=" · ",
    ),
    "zh": ChartWords(
        least="最小的，以及与它重叠的：看不出差别",
        more="比最小的大",
        spread="从最低到最高",
        scales="每一格各有自己的刻度，从 0 开始",
        description="最小的是 {}，{}。与它看不出差别的有 {}。最大的是 {}，{}。",
        alone="最小的是 {}，{}。最大的是 {}，{}。",
        nothing="什么也没有测。",
        comma="、",
        stop=" · ",
    ),
}


def chart_words(language: str) -> ChartWords:
    """The words of the language, or the English ones where it has none yet."""
    return CHART_WORDS.get(language, CHART_WORDS["en"])
