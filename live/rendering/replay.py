"""What the player needs to know of a recording, as a small script that a page loads when the replay is first used.

A script and not a JSON file, because browsers let a page that was opened from the disk load scripts only.

`t`: differences between the moments at which anything changes, in microseconds from the start of the program; all
other times are places in this list, most of them as differences too. `lanes`: name, short name, kind, process, start,
end. `places`: what lanes can be doing: state, file, line, what, thing, other; null where there is none. `spans`: for
each lane pairs of moment and place, -1 where it is nowhere. `holds`: for each thing triples of moment, lane, depth,
of depth 0 where nobody holds it. `printed`: moment and lane of each part of the output, as in the page. `handovers`:
kind, source, target, moment, thing. `shown`: the place in `files` of the program itself. `left`: how many visits to
lines were left out to keep this small. `scale`: pairs of microseconds since the pair before, and of the place of that
time in the timeline's picture, in tenths of its units.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, pairwise, zip_longest
from typing import Any

from live.recording import Recording
from live.rendering.lanes import names, short_names
from live.rendering.printed import Line, lines
from live.rendering.thinning import looped, outside_loops, thinned
from live.rendering.timeline_scale import Scale, scale
from live.replay.handovers import Handover, Hold, handovers, holds
from live.replay.spans import Span, spans

LARGEST = 40_000
"""Bytes that the script has at most when compressed."""
MOST_SPANS = 10_000
"""With more spans, loops are shown as loops at once: thinning them out would take long, and not be enough."""


def replay_script(recording: Recording) -> str:
    """The script; empty for a program that was not recorded from inside, which has no replay."""
    if not recording.lanes:
        return ""
    everything = all_spans = spans(recording)
    if len(all_spans) > MOST_SPANS:
        all_spans = looped(all_spans)
    while True:
        data = replay_data(recording, all_spans, len(everything) - len(all_spans))
        script = f"liveReplay({json.dumps(data, separators=(',', ':'), ensure_ascii=True)});\n"
        if len(script) <= LARGEST or len(gzip.compress(script.encode(), 9)) <= LARGEST:
            return script
        fewer = thinned(all_spans)
        if len(fewer) == len(all_spans):
            fewer = looped(all_spans)
        if len(fewer) == len(all_spans):
            return script
        all_spans = fewer


def replay_data(recording: Recording, all_spans: list[Span], left: int = 0) -> dict[str, Any]:
    """The data in the form that the module's text describes.

    Args:
        recording: The run.
        all_spans: Its spans, or what is left of them.
        left: How many were left out.
    """
    all_holds, printed = holds(recording), lines(recording)
    all_handovers = outside_loops(handovers(recording), all_spans) if left else handovers(recording)
    moments = _Moments(recording, all_spans, all_holds, all_handovers, printed)
    places: dict[tuple[object, ...], int] = {}
    return {
        "t": _differences(moments.microseconds),
        "lanes": [
            [name, short, lane.kind, lane.process]
            for name, short, lane in zip(names(recording), short_names(recording), recording.lanes, strict=True)
        ],
        "files": recording.files,
        "shown": recording.files.index(recording.snippet) if recording.snippet in recording.files else -1,
        "things": [[thing.kind, thing.name] for thing in recording.things],
        "spans": _by_lane(recording, all_spans, moments, places),
        "places": list(places),
        "holds": _by_thing(recording, all_holds, moments),
        "printed": _printed(printed, moments),
        "handovers": [[one.kind, one.source, one.target, moments.place(one.until), one.thing] for one in all_handovers],
        "left": left,
        "scale": _points(scale(recording, [span.end for span in spans(recording)])),
    }


class _Moments:
    """All times at which anything changes, in whole microseconds, of which no two are alike."""

    def __init__(
        self,
        recording: Recording,
        all_spans: list[Span],
        all_holds: list[Hold],
        all_handovers: list[Handover],
        printed: list[Line],
    ) -> None:
        times = {0, recording.duration}
        times |= {time for span in all_spans for time in (span.start, span.end)}
        times |= {time for hold in all_holds for time in (hold.start, hold.end)}
        times |= {handover.until for handover in all_handovers}
        times |= {part.at for line in printed for part in line.parts}
        self.nanoseconds = sorted(times)
        self.microseconds: list[int] = []
        last = -1
        for time in self.nanoseconds:
            last = max(last + 1, round(time / 1000))
            self.microseconds.append(last)

    def place(self, time: int) -> int:
        """The place of a time in the list."""
        return bisect_left(self.nanoseconds, time)


def _points(drawn: Scale) -> list[int]:
    microseconds = _differences(round(time / 1000) for time, _ in drawn.points)
    tenths = (round(10 * x) for _, x in drawn.points)
    return list(chain.from_iterable(zip(microseconds, tenths, strict=True)))


def _differences(numbers: Iterable[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *numbers])]


def _by_lane(
    recording: Recording, all_spans: list[Span], moments: _Moments, places: dict[tuple[object, ...], int]
) -> list[list[int]]:
    """For each lane its changes; a stretch that it spends nowhere is one of place -1."""
    found: list[list[int]] = [[] for _ in recording.lanes]
    last: dict[int, int] = defaultdict(int)
    ends: dict[int, int] = {}

    def change(lane: int, time: int, place: int) -> None:
        moment = moments.place(time)
        found[lane] += [moment - last[lane], place]
        last[lane] = moment

    for span in all_spans:
        what = (span.state, span.file, span.line, span.what, span.thing, span.other)
        if ends.get(span.lane, span.start) < span.start:
            change(span.lane, ends[span.lane], -1)
        change(span.lane, span.start, places.setdefault(what, len(places)))
        ends[span.lane] = span.end
    for lane, end in ends.items():
        change(lane, end, -1)
    return found


def _by_thing(recording: Recording, all_holds: list[Hold], moments: _Moments) -> list[list[int]]:
    """For each thing who holds it from when on, and how deep."""
    held: dict[int, list[Hold]] = defaultdict(list)
    for hold in all_holds:
        held[hold.thing].append(hold)
    return [_changes(held[thing], moments) for thing in range(len(recording.things))]


def _changes(held: list[Hold], moments: _Moments) -> list[int]:
    found: list[int] = []
    last = 0
    for hold, following in zip_longest(held, held[1:]):
        changes = [(hold.start, hold.lane, hold.depth)]
        if following is None or following.start > hold.end:
            changes.append((hold.end, hold.lane, 0))
        for time, lane, depth in changes:
            moment = moments.place(time)
            found += [moment - last, lane, depth]
            last = moment
    return found


def _printed(printed: list[Line], moments: _Moments) -> list[int]:
    found: list[int] = []
    last = 0
    for line in printed:
        for part in line.parts:
            moment = moments.place(part.at)
            found += [moment - last, -1 if part.lane is None else part.lane]
            last = moment
    return found
