"""Who held what, and who let whom go on."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter

from live.recording import INTERRUPTED, Event, Lane, Recording
from live.replay.spans import ends

AT = attrgetter("at")


@dataclass(frozen=True)
class Hold:
    """A stretch in which a lane holds a lock, always equally deep."""

    thing: int
    lane: int
    start: int
    end: int
    depth: int


@dataclass(frozen=True)
class Handover:
    """One lane let another go on."""

    kind: str
    """`start`; `lock`: released, and acquired by one that waited; `signal`: set, notified or put, and woken;
    `barrier`: the last one came; `join`: it ended, and was waited for; `switch`: a greenlet made way for another."""
    source: int
    """The lane that let the other go on."""
    target: int
    at: int
    """When the source did so, in nanoseconds since the program was started."""
    until: int
    """When the target went on."""
    thing: int | None = None


def holds(recording: Recording) -> list[Hold]:
    """All stretches in which a lock was held, ordered by start."""
    now: dict[int, tuple[int, int, int]] = {}
    found = []
    for event in recording.events:
        if event.kind in ("acquire", "release") and event.thing is not None:
            if event.thing in now:
                lane, start, depth = now.pop(event.thing)
                found.append(Hold(event.thing, lane, start, event.at, depth))
            if event.depth:
                now[event.thing] = (event.lane, event.at, event.depth)
    over = ends(recording)
    found += [Hold(thing, lane, start, over[lane], depth) for thing, (lane, start, depth) in now.items()]
    return sorted(found, key=lambda hold: (hold.start, hold.thing))


def handovers(recording: Recording) -> list[Handover]:
    """All hand-overs, ordered by when they began."""
    found = [*_starts(recording), *_switches(recording), *_ends(recording), *_locks(recording), *_signals(recording)]
    found += _messages(recording)
    return sorted(found, key=lambda handover: (handover.at, handover.until, handover.target))


@dataclass(frozen=True)
class Wait:
    """A wait of a lane, from its event to the one that ended it."""

    begin: Event
    end: Event


def waits(recording: Recording) -> list[Wait]:
    """All waits that came to an end."""
    open_waits: dict[int, Event] = {}
    found = []
    for event in recording.events:
        if event.kind == "wait":
            open_waits[event.lane] = event
        elif event.kind == "go" and event.lane in open_waits:
            found.append(Wait(open_waits.pop(event.lane), event))
    return found


def _starts(recording: Recording) -> list[Handover]:
    return [
        Handover("start", event.lane, event.other, event.at, max(event.at, recording.lanes[event.other].start))
        for event in recording.events
        if event.kind == "start" and event.other is not None
    ]


def _switches(recording: Recording) -> list[Handover]:
    return [
        Handover("switch", event.lane, event.other, event.at, event.at)
        for event in recording.events
        if event.kind == "switch" and event.other is not None
    ]


def _ends(recording: Recording) -> list[Handover]:
    """Waits for the end of other lanes, with the last one that ended before they were over."""
    found = []
    for wait in waits(recording):
        begin, end = wait.begin, wait.end
        if begin.what not in ("join", "process", "task", "greenlet", "exit") or end.result is False:
            continue
        ended = [(_over(lane), lane.number) for lane in _waited_for(recording, begin)]
        if between := [one for one in ended if begin.at <= one[0] <= end.at]:
            at, lane = max(between)
            found.append(Handover("join", lane, begin.lane, at, end.at))
    return found


def _waited_for(recording: Recording, begin: Event) -> list[Lane]:
    """The lanes whose end may be what is waited for."""
    if begin.other is not None:
        return [recording.lanes[begin.other]]
    waiting, lanes = recording.lanes[begin.lane], recording.lanes
    if begin.what == "exit":
        return [lane for lane in lanes if lane.process == waiting.process and lane.kind == "thread" and not lane.daemon]
    if begin.what in ("task", "greenlet"):
        return [lane for lane in lanes if lane.parent == begin.lane and lane.kind == begin.what]
    return []


def _over(lane: Lane) -> int:
    """When the lane was over; -1 if nobody knows."""
    return lane.end if lane.end is not None else lane.gone if lane.gone is not None else -1


def _locks(recording: Recording) -> list[Handover]:
    """A lock that was released, and acquired by a lane that had been waiting for it."""
    waiting: dict[int, dict[int, int]] = defaultdict(dict)
    released: dict[int, Event] = {}
    found = []
    for event in recording.events:
        if event.kind == "wait" and event.what == "lock" and event.thing is not None:
            waiting[event.thing][event.lane] = event.at
        elif event.kind == "release" and event.depth == 0 and event.thing is not None:
            released[event.thing] = event
        elif event.kind == "acquire" and event.depth == 1 and event.thing is not None:
            since, by = waiting[event.thing].pop(event.lane, None), released.pop(event.thing, None)
            if by and since is not None and since <= by.at and by.lane != event.lane:
                found.append(Handover("lock", by.lane, event.lane, by.at, event.at, event.thing))
        elif event.kind == "go" and event.result is False:
            for lanes in waiting.values():
                lanes.pop(event.lane, None)
    return found


def _signals(recording: Recording) -> list[Handover]:
    """Waits for an event, a condition, a semaphore, a queue or a barrier, and what ended them."""
    causes: dict[int, list[Event]] = defaultdict(list)
    for event in recording.events:
        if event.thing is not None and event.kind == "signal":
            causes[event.thing].append(event)
    found = []
    used: set[int] = set()
    for wait in waits(recording):
        begin, end = wait.begin, wait.end
        if begin.thing is None or begin.what == "lock" or end.result is False or end.what == INTERRUPTED:
            continue
        # A barrier, an event and a condition wake all that wait; what a queue, a pipe or a semaphore gives goes to one.
        to_one = begin.what in ("queue", "pipe", "semaphore")
        there, since = causes[begin.thing], 0 if begin.what == "barrier" else begin.at
        between = there[bisect_right(there, since, key=AT) : bisect_right(there, end.at, key=AT)]
        if not (to_one or begin.what == "event"):  # the last one is it
            between.reverse()
        may_be = (one for one in between if one.lane != begin.lane and not (to_one and id(one) in used))
        cause = next(may_be, None)
        if cause is None:
            continue
        used.add(id(cause))
        kind = "barrier" if begin.what == "barrier" else "signal"
        found.append(Handover(kind, cause.lane, begin.lane, cause.at, end.at, begin.thing))
    return found


def _messages(recording: Recording) -> list[Handover]:
    """Waits for a message from a certain lane, with the message that ended them: none overtakes another."""
    sent: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in recording.events:
        if event.kind == "signal" and event.other is not None:
            sent[event.lane, event.other].append(event)
    found = []
    for wait in waits(recording):
        source = wait.begin.other
        if wait.begin.what == "message" and source is not None and sent[source, wait.begin.lane]:
            cause = sent[source, wait.begin.lane].pop(0)
            if wait.begin.at < cause.at <= wait.end.at:
                found.append(Handover("signal", source, wait.begin.lane, cause.at, wait.end.at))
    return found
