"""What lanes do and wait for, in the plain English of a terminal and of a trace."""

from __future__ import annotations

import re

from live.recording import Event, Recording
from live.replay.spans import HOT, PARKED, READY, RUNS, SLEEPS, Span
from live.text import in_one_line

NOBODY = "?"
"""Stands for a lane that is not known."""

_SURROGATE = re.compile(r"\\udc([89a-f][0-9a-f])")
_WAITS = {
    "sleep": "sleeps",
    "pipe": "waits for a message from a pipe",
    "io": "waits for input or output",
    "join": "waits for the end of a thread",
    "process": "waits for the end of a process",
    "result": "waits for a result",
    "pool": "waits for the end of a pool",
    "task": "waits for a task",
    "greenlet": "waits for a greenlet",
    "loop": "runs the event loop",
    "exit": "is done, waits for others to end",
    "message": "waits for a message",
    "blocked": "waits in a call",
    "await": "awaits something",
    "hub": "has made way for gevent's event loop",
}
"""By `Event.what`, where neither a thing nor another lane is known."""
_STATES = {
    RUNS: "runs",
    READY: "wants to run",
    HOT: "goes round, not written down any more",
    SLEEPS: "sleeps",
    PARKED: "has made way",
}
_SIGNALS = {
    "event": "sets",
    "condition": "notifies",
    "semaphore": "gives to",
    "queue": "puts into",
    "pipe": "sends to",
}
_KINDS = {"rlock": "RLock"}


def lane_name(recording: Recording, lane: int | None) -> str:
    """What the program calls the lane."""
    if lane is None:
        return NOBODY
    found = recording.lanes[lane]
    return in_one_line(found.name) or f"{found.kind} {lane}"


def thing_name(recording: Recording, thing: int) -> str:
    """Kind and name: `lock mutex_a`, `RLock rlock`; a nameless one has its number."""
    found = recording.things[thing]
    kind = _KINDS.get(found.kind, found.kind)
    return kind if found.name == kind else f"{kind} {in_one_line(found.name) or thing}"


def wait(recording: Recording, what: str | None, thing: int | None, other: int | None) -> str:
    """What a lane does that waits: `sleeps`, `waits for lock mutex_a`, `waits for the end of Thread-1`."""
    if thing is not None:
        return f"waits for {thing_name(recording, thing)}"
    if other is not None:
        end = "the end of " if what in ("join", "process") else ""
        return f"waits for {end}{lane_name(recording, other)}"
    return _WAITS.get(what or "", f"waits for {in_one_line(what or 'something')}")


def state(recording: Recording, span: Span) -> str:
    """What a lane does in the span."""
    return _STATES.get(span.state) or wait(recording, span.what, span.thing, span.other)


def signal(recording: Recording, thing: int | None) -> str:
    """What a lane does that lets others go on by means of the thing."""
    if thing is None:
        return "signals"
    return f"{_SIGNALS.get(recording.things[thing].kind, 'signals')} {thing_name(recording, thing)}"


def release(recording: Recording, event: Event) -> str:
    """What a lane does that releases a lock, perhaps one that it took more than once."""
    name = "a lock" if event.thing is None else thing_name(recording, event.thing)
    return f"still holds {name}, {event.depth}× deep" if event.depth else f"releases {name}"


def acquire(recording: Recording, event: Event) -> str:
    """What a lane does that takes a lock, perhaps once more."""
    name = "a lock" if event.thing is None else thing_name(recording, event.thing)
    return f"takes {name}" + (f", {event.depth}× deep" if (event.depth or 0) > 1 else "")


def quoted(text: str) -> str:
    r"""What was printed, on one line: `'caf\xe9\n'` where the byte was not UTF-8."""
    return _SURROGATE.sub(r"\\x\1", repr(text))
