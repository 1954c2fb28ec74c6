"""Makes a replay smaller by leaving out visits to lines; never waits, sleeps, holds or output."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from live.replay.spans import READY, RUNS, Span

_AT_ONCE = 0.2
"""Which part of all visits is left out in one go."""


def thinned(all_spans: list[Span]) -> list[Span]:
    """The spans without visits to the lines visited most often, of which each lane keeps its first.

    The span before one that is left out goes on until its end. The result is as long as what was given where there is
    nothing to leave out.
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
