"""Leaves out of merged journals what nobody wants to see: waits that were none, and lanes of helpers."""

from __future__ import annotations

from dataclasses import replace

from live.reading.merge import Merged
from live.recording import Event, Lane

SHORT_NS = 200_000
"""A wait that ends within this many nanoseconds, while nothing else happened, was none."""
ALWAYS = ("join", "process", "message")
"""What is worth knowing even if it took no time: afterwards somebody is known to be over, or to have sent something."""
FOR_THE_PROGRAM = ("sleep", "event", "barrier", "semaphore")
"""What helpers of the library do not wait for, unless the program gave them a function that does."""
MOST_EVENTS = 40_000
"""Events of all processes of a run together; they are about 1.5 MB of a recording."""
POLLED_NS = 1_000_000
"""Who waits again for the same so soon, and did nothing in between, only looked whether there is something to do."""


def leave_out_the_rest(merged: Merged) -> None:
    """Change `merged` so that it has only what is worth seeing."""
    if merged.lanes:
        merged.events = _without_short_waits(merged)
        merged.events = _without_looks(merged.events)
        _end_what_was_joined(merged)
        _only_visible(merged)
        _cut_off(merged)


def _cut_off(merged: Merged) -> None:
    """Leave out what is too much for a recording; which lanes there were is never too much."""
    if len(merged.events) > MOST_EVENTS:
        rest = [event for event in merged.events[MOST_EVENTS:] if event.kind in ("begin", "end", "start")]
        merged.events = merged.events[:MOST_EVENTS] + rest
        merged.gaps.add("full")


def _without_short_waits(merged: Merged) -> list[Event]:
    """Leave out waits that never came to waiting: the lock was free, the event was set."""
    events = list(merged.events)
    waits: dict[int, int] = {}
    dropped: set[int] = set()
    for position, event in enumerate(events):
        if event.kind == "wait":
            waits[event.lane] = position
        elif event.kind == "go" and (began := waits.pop(event.lane, None)) is not None:
            wait = events[began]
            if position in merged.openers:  # whoever comes last waits for nobody, but lets all others go on
                events[began] = replace(wait, kind="signal", what=None)
                dropped.add(position)
            elif wait.what not in ALWAYS and position == began + 1 and _is_short(wait, event):
                dropped |= {began, position}
    return [event for position, event in enumerate(events) if position not in dropped]


def _without_looks(events: list[Event]) -> list[Event]:
    """Make one wait of several that follow each other at once."""
    last: dict[int, tuple[int, Event | None]] = {}
    dropped: set[int] = set()
    for position, event in enumerate(events):
        place, wait = last.get(event.lane, (0, None))
        if event.kind == "wait":
            if (
                wait
                and events[place].kind == "go"
                and _is_same(wait, event)
                and event.at - events[place].at < POLLED_NS
            ):
                dropped |= {place, position}
            wait = event
        elif event.kind != "go":
            wait = None
        last[event.lane] = (position, wait)
    return [event for position, event in enumerate(events) if position not in dropped]


def _is_same(wait: Event, other: Event) -> bool:
    return wait.what == "io" == other.what and wait.thing == other.thing


def _is_short(wait: Event, go: Event) -> bool:
    return go.at - wait.at < SHORT_NS and go.result is not False


def _end_what_was_joined(merged: Merged) -> None:
    """A process that was killed could not write down its end; whoever waited for it knows when that was over."""
    waits: dict[int, Event] = {}
    for event in merged.events:
        if event.kind == "wait":
            waits[event.lane] = event
        elif event.kind == "go" and (wait := waits.pop(event.lane, None)):
            killed = wait.other if event.result and wait.what == "process" else None
            if killed is not None and merged.lanes[killed].end is None and merged.lanes[killed].gone is None:
                merged.lanes[killed] = replace(merged.lanes[killed], gone=event.at)


def _only_visible(merged: Merged) -> None:
    """Leave out the lanes of helpers in which nothing of the program happened, and number the others anew."""
    seen = _visible(merged)
    asked_at = {event.other: event.at for event in reversed(merged.events) if event.kind == "start"}
    lanes = merged.lanes
    began = {number: min(lanes[number].start, asked_at.get(number, lanes[number].start)) for number in seen}
    order = sorted(seen, key=lambda number: (_rank(lanes[number]), began[number], number))
    numbers = {old: new for new, old in enumerate(order)}
    merged.lanes = [_renumbered(lanes, lanes[number], numbers) for number in numbers]
    merged.events = [
        _with_lanes(event, numbers[event.lane], None if event.other is None else numbers.get(event.other))
        for event in merged.events
        if event.lane in numbers and not (event.kind == "start" and event.other not in numbers)
    ]
    merged.writes = [replace(write, lane=numbers[write.lane]) for write in merged.writes if write.lane in numbers]


def _with_lanes(event: Event, lane: int, other: int | None) -> Event:
    unchanged = event.lane == lane and event.other == other  # as for most
    return event if unchanged else replace(event, lane=lane, other=other)


def _visible(merged: Merged) -> set[int]:
    """Lanes in which something of the program happened, that it started, or that it waited for."""
    seen = {event.lane for event in merged.events if event.kind in ("line", "signal", "acquire")}
    seen |= {event.lane for event in merged.events if event.kind == "wait" and event.what in FOR_THE_PROGRAM} - {
        lane.number for lane in merged.lanes if lane.kind == "task"
    }
    seen |= {write.lane for write in merged.writes} | {0} | merged.asked_for
    seen |= {event.other for event in merged.events if event.kind == "wait" and event.other is not None}
    for lane in reversed(merged.lanes):
        if lane.number in seen:
            seen.add(lane.process)
            if lane.parent is not None and merged.lanes[lane.parent].kind == "process":
                seen.add(lane.parent)
    return seen


def _rank(lane: Lane) -> int:
    """Ranks come in their order, whichever began first."""
    word, _, number = lane.name.partition(" ")
    return int(number) if word == "rank" and number.isdigit() else 0


def _renumbered(lanes: list[Lane], lane: Lane, numbers: dict[int, int]) -> Lane:
    parent = lane.parent
    while parent is not None and parent not in numbers:
        parent = lanes[parent].parent
    return replace(
        lane,
        number=numbers[lane.number],
        parent=None if parent is None else numbers[parent],
        process=numbers[lane.process],
    )
