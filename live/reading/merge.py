"""Puts the journals of all processes of a run together: one numbering, one clock, one order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from live.reading.journals import Journal, Raw
from live.reading.numbering import Numbering
from live.recording import INTERRUPTED, Event, Lane, Thing

DEFINITIONS = ("lane", "file", "pair", "same", "thing")
"""Kinds of events that give a number to something. Others may refer to it from before it was written down."""
FORKSERVER = "multiprocessing.forkserver"


@dataclass(frozen=True)
class Write:
    """Bytes that a lane wrote to its standard output or standard error."""

    at: int
    lane: int
    inode: int
    """Where to."""
    rank: str
    data: bytes


@dataclass
class Merged:
    """What the journals say, as a recording has it, but for lanes and waits that nobody wants to see."""

    lanes: list[Lane]
    things: list[Thing]
    files: list[str]
    events: list[Event] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    gaps: set[str] = field(default_factory=set)
    asked_for: set[int] = field(default_factory=set)
    """Lanes that the program started itself."""
    openers: set[int] = field(default_factory=set)
    """Places in `events` of the ends of waits at a barrier that were none: the lane was the one that opened it."""


def merge(journals: list[Journal], *, start: int, root: str) -> Merged:
    """Merge what the processes of a run wrote.

    Args:
        journals: In the order their processes began.
        start: When the program was started, in nanoseconds on the monotonic clock.
        root: The project root, which paths of files are made relative to.
    """
    merger = _Merger(start, root)
    for journal in journals:
        merger.add_process(journal)
    for journal in journals:
        for raw in journal.events:
            if raw[0] in DEFINITIONS:
                merger.add(journal, raw)
    for journal, raw in _in_order(journals):
        merger.add(journal, raw)
    for journal in journals:
        merger.numbers.settle_parent(journal)
    merger.numbers.tell_apart()
    return merger.merged


def _in_order(journals: list[Journal]) -> Iterator[tuple[Journal, Raw]]:
    """Everything that happened, by its time."""
    happened: list[tuple[int, int, int, Raw]] = []
    for number, journal in enumerate(journals):
        for position, raw in enumerate(journal.events):
            if raw[0] == "idle":
                # Written down when it was over; what it says is known from the next event on.
                _, at, lane, until = raw
                happened += [
                    (at, position, number, ("wait", at, lane, "blocked", None)),
                    (until, position, number, ("go", until, lane, None)),
                ]
            elif raw[0] not in DEFINITIONS:
                happened.append((raw[1], position, number, raw))
    return ((journals[number], raw) for _, _, number, raw in sorted(happened, key=lambda item: item[:3]))


@dataclass(slots=True)  # not frozen: there are thousands, and these take three times as long to make
class _One:
    """One event of one journal."""

    journal: Journal
    at: int
    local: int
    """The lane, as its process numbers it."""
    rest: tuple[Any, ...]


class _Merger:
    def __init__(self, start: int, root: str) -> None:
        self.start = start
        self.numbers = Numbering(root)
        self.merged = Merged(self.numbers.lanes, self.numbers.things, self.numbers.files)
        self.ended: set[int] = set()

    def add_process(self, journal: Journal) -> None:
        """Make the lane of a process's main thread."""
        self.numbers.add_process(journal, _name(journal, is_first=not self.merged.lanes), journal.began - self.start)
        if journal.full:
            self.merged.gaps.add("full")

    def add(self, journal: Journal, raw: Raw) -> None:
        """Take in one event."""
        kind, at, local, *rest = raw
        if take := getattr(self, f"_on_{kind}", None):
            take(_One(journal, at - self.start, local, tuple(rest)))

    def _lane(self, one: _One, local: int | None = None) -> int | None:
        return self.numbers.lane(one.journal, one.local if local is None else local)

    def _thing(self, one: _One, number: int | None) -> int | None:
        return self.numbers.thing(one.journal, number)

    def _put(self, one: _One, kind: str, **values: Any) -> None:
        lane = self._lane(one)
        if lane is not None:
            self.merged.events.append(Event(one.at, lane, kind, **values))

    # Lanes.

    def _on_lane(self, one: _One) -> None:
        kind, name, parent, daemon = one.rest
        maker = None if parent is None else self._lane(one, parent)
        values = {"name": name or "", "kind": kind, "parent": maker, "start": one.at, "daemon": bool(daemon)}
        self.numbers.add_lane(one.journal, one.local, **values)

    def _on_same(self, one: _One) -> None:
        thread, greenlet = self._lane(one), self._lane(one, one.rest[0])
        if thread is not None and greenlet is not None:
            self.numbers.change(greenlet, parent=self.merged.lanes[thread].parent)
            self.numbers.take_for_same(one.journal, one.local, greenlet)

    def _on_name(self, one: _One) -> None:
        name, daemon = one.rest
        self.numbers.change(self._lane(one), name=name, daemon=bool(daemon))

    def _on_called(self, one: _One) -> None:
        function, name = one.rest
        self.numbers.change(self._lane(one), name=f"{name} ({function})" if name else function)

    def _on_begin(self, one: _One) -> None:
        self.numbers.change(self._lane(one), start=one.at)
        self._put(one, "begin")

    def _on_end(self, one: _One) -> None:
        lane = self._lane(one)
        if lane is not None and lane not in self.ended:
            self.ended.add(lane)
            self.numbers.change(lane, end=one.at)
            self._put(one, "end")
        if one.rest:
            self._on_switch(one)

    def _on_gone(self, one: _One) -> None:
        lane = self.numbers.processes.get(one.rest[0])
        if lane is not None and lane not in self.ended and self.merged.lanes[lane].gone is None:
            self.numbers.change(lane, gone=one.at)

    def _on_start(self, one: _One) -> None:
        child, asked_for = one.rest
        self._put_start(one, self._lane(one, child), asked_for)

    def _on_started(self, one: _One) -> None:
        pid, name, asked_for = one.rest
        child = self.numbers.processes.get(pid)
        self._put_start(one, child, asked_for)
        if child is not None and name and self.merged.lanes[child].name == f"process {pid}":
            self.numbers.change(child, name=name)

    def _put_start(self, one: _One, child: int | None, asked_for: bool) -> None:
        if child is not None:
            self._put(one, "start", other=child)
            if asked_for:
                self.merged.asked_for.add(child)

    def _on_switch(self, one: _One) -> None:
        self._put(one, "switch", other=self._lane(one, one.rest[0]))

    def _on_off(self, one: _One) -> None:
        self._put(one, "off")

    def _on_on(self, one: _One) -> None:
        self._put(one, "on")

    # Lines and output.

    def _on_file(self, one: _One) -> None:
        number, path = one.rest
        self.numbers.add_file(one.journal, number, path)

    def _on_line(self, one: _One) -> None:
        file, line = one.rest
        self._put(one, "line", file=self.numbers.file(one.journal, file), line=line)

    def _on_hot(self, one: _One) -> None:
        file, number = one.rest
        if file:
            self._put(one, "hot", file=self.numbers.file(one.journal, file), line=number)
        else:
            self._put(one, "hot", thing=self._thing(one, number))

    def _on_write(self, one: _One) -> None:
        descriptor, data = one.rest
        lane = self._lane(one)
        if lane is not None:
            self.merged.writes.append(Write(one.at, lane, one.journal.outputs[descriptor - 1], one.journal.rank, data))

    # Waiting, waking and holding.

    def _on_thing(self, one: _One) -> None:
        number, kind, name, shared = one.rest
        self.numbers.add_thing(one.journal, number, Thing(kind, name), shared)

    def _on_pair(self, one: _One) -> None:
        mine, other = one.rest
        self.numbers.add_pair(mine, other)

    def _on_wait(self, one: _One) -> None:
        what, subject = one.rest
        thing = other = None
        if what == "join":
            other = None if subject is None else self._lane(one, subject)
        elif what == "process":
            other = self.numbers.processes.get(subject)
        elif what == "message":
            other = self.numbers.ranks.get(str(subject))
        elif what != "sleep":
            thing = self._thing(one, subject)
        self._put(one, "wait", what=what, thing=thing, other=other)

    def _on_go(self, one: _One) -> None:
        (result,) = one.rest
        if result == "last":
            self.merged.openers.add(len(self.merged.events))
            result = True
        if result == INTERRUPTED:
            self._put(one, "go", what=INTERRUPTED)
        else:
            self._put(one, "go", result=result)

    def _on_acquire(self, one: _One) -> None:
        number, depth = one.rest
        self._put(one, "acquire", thing=self._thing(one, number), depth=depth)

    def _on_release(self, one: _One) -> None:
        number, depth = one.rest
        self._put(one, "release", thing=self._thing(one, number), depth=depth)

    def _on_signal(self, one: _One) -> None:
        self._put(one, "signal", thing=self._thing(one, one.rest[0]))

    def _on_sent(self, one: _One) -> None:
        self._put(one, "signal", other=self.numbers.ranks.get(str(one.rest[0])))

    def _on_clear(self, one: _One) -> None:
        self._put(one, "clear", thing=self._thing(one, one.rest[0]))

    def _on_note(self, one: _One) -> None:
        self.merged.gaps.add("traced" if one.rest[0] == "traced" else "trouble")


def _name(journal: Journal, is_first: bool) -> str:
    """What to call a process that has not said its name."""
    if journal.rank:
        return f"rank {journal.rank}"
    if is_first:
        return "main"
    if any(FORKSERVER in word for word in journal.command):
        return "forkserver"
    script = next((word for word in journal.command[1:] if not word.startswith("-")), "python")
    return Path(script).name if script.endswith(".py") else f"process {journal.pid}"
