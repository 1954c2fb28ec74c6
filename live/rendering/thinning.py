"""Makes a replay smaller: by leaving out visits to lines, and where that is not enough, by showing loops as loops."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import replace

from live.replay.handovers import Handover
from live.replay.spans import HOT, READY, RUNS, Span

_AT_ONCE = 0.2
"""Which part of all visits is left out in one go."""
_OFTEN = 60
"""A lane that does the same on a line more often goes round in a loop."""


def thinned(all_spans: list[Span]) -> list[Span]:
    """The spans without visits to the lines visited most often, of which each lane keeps its first.

    Waits and sleeps are all kept. The span before one that is left out goes on until its end. The result is as long
    as what was given where there is nothing to leave out.
    """
    hot = _hottest(all_spans)
    seen: set[tuple[object, ...]] = set()
    kept: list[Span] = []
    last: dict[int, int] = {}
    for span in all_spans:
        visit = (span.lane, span.file, span.line)
        before = last.get(span.lane)
        may_go = _is_visit(span) and visit[1:] in hot and visit in seen
        if may_go and before is not None and kept[before].end == span.start and _is_visit(kept[before]):
            kept[before] = replace(kept[before], end=span.end)
            continue
        seen.add(visit)
        last[span.lane] = len(kept)
        kept.append(span)
    return kept


def _is_visit(span: Span) -> bool:
    return span.state in (RUNS, READY)


def _hottest(all_spans: list[Span]) -> set[tuple[object, ...]]:
    """The lines that together have a good part of those visits that can be left out."""
    visits = Counter((span.file, span.line) for span in all_spans if _is_visit(span))
    hot: set[tuple[object, ...]] = set()
    count = 0
    for line, number in visits.most_common():
        if count > _AT_ONCE * visits.total():
            break
        hot.add(line)
        count += number
    return hot


def looped(all_spans: list[Span]) -> list[Span]:
    """The spans, with each stretch in which a lane does what it has done over and over as one, in the state `HOT`.

    So waits and sleeps that come often are no longer shown one by one but for the first; those that come now and then
    are.
    """
    times: Counter[tuple[object, ...]] = Counter()
    kept: list[Span] = []
    last: dict[int, int] = {}
    for span in all_spans:
        before = last.get(span.lane)
        what = (span.lane, span.file, span.line, span.what)
        times[what] += 1
        often = times[what] > _OFTEN
        if often and before is not None and kept[before].state == HOT and kept[before].end == span.start:
            kept[before] = replace(kept[before], end=span.end)
            continue
        last[span.lane] = len(kept)
        kept.append(Span(span.lane, span.start, span.end, HOT, span.file, span.line) if often else span)
    return kept


def outside_loops(found: list[Handover], all_spans: list[Span]) -> list[Handover]:
    """The hand-overs whose target is not in the middle of a loop that is shown as one."""
    loops: dict[int, list[Span]] = defaultdict(list)
    for span in all_spans:
        if span.state == HOT:
            loops[span.lane].append(span)

    def is_inside(handover: Handover) -> bool:
        those = loops[handover.target]
        place = bisect_right(those, handover.until, key=lambda span: span.start) - 1
        return place >= 0 and those[place].start < handover.until < those[place].end

    return [handover for handover in found if not is_inside(handover)]
