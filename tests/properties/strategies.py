"""Random recordings, of which each could be that of a run: what lanes do fits together, what they print is anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from hypothesis import strategies as st

from live.recording import INTERRUPTED, Event, Interpreter, Lane, Machine, Piece, Recording, Thing
from tests.handmade import recorded
from tests.properties.texts import names, printed

FILE, OTHER = "snippets/a/one.py", "snippets/a/two.py"
DISTANCES = (0, 1, 29, 999, 1000, 1001, 5_000, 1_000_003, 40_000_000, 2_500_000_000)
"""Nanoseconds between two things that happen."""
KINDS = ("lock", "rlock", "event", "condition", "barrier", "semaphore", "queue", "pipe")
ACTIONS = (
    "line",
    "line",
    "wait",
    "lock",
    "lock",
    "signal",
    "print",
    "print",
    "drop",
    "hot",
    "off",
    "switch",
    "end",
    "gone",
)
"""What a lane may do: methods of `_Happened`."""
WHAT = (
    *("sleep", "lock", "event", "condition", "barrier", "semaphore", "queue", "pipe", "io", "join", "process"),
    *("result", "pool", "task", "greenlet", "message", "loop", "exit", "blocked"),
)


def times() -> st.SearchStrategy[int]:
    """Nanoseconds between two things that happen."""
    return st.sampled_from(DISTANCES) | st.integers(0, 10**10)


@st.composite
def recordings(
    draw: st.DrawFn, *, inside: bool | None = None, called: st.SearchStrategy[str] | None = None
) -> Recording:
    """A whole run. With `inside`, one that was recorded from inside or one that was not; without it, either.

    Lanes and things are `called` anything, more than the engine lets through: a file may have been written by hand.

    What is printed and what things are called is Hypothesis' choice, and how much happens; what exactly happens is
    that of a seed, which makes more of it, and sooner.
    """
    inside = draw(st.booleans()) if inside is None else inside
    texts, found = (
        draw(st.lists(of, min_size=1, max_size=5)) for of in (printed(), names() if called is None else called)
    )
    seed = draw(st.integers(0, 2**32))
    chance = Random(seed)
    lanes = tuple(_lanes(draw(st.integers(1, 18)), found, chance)) if inside else ()
    things = tuple(_things(draw(st.integers(0, 4)), found, chance)) if inside else ()
    files = (FILE, OTHER)[: chance.randint(1, 2)] if inside else ()
    happened = _Happened(lanes, things, len(files))
    for _ in range(draw(st.integers(0, 60))):
        lane, number = chance.randrange(18), chance.randrange(100)
        happened.take(chance.choice(DISTANCES), lane, chance.choice(ACTIONS), number, chance.choice(texts))
    return Recording(
        snippet=FILE,
        key=f"{seed:032x}",
        exit_code=chance.choice((None, 0, 1, 3, -9, -64)),
        timeout=chance.uniform(0.001, 1e6),
        duration=happened.now + draw(times()),
        started=chance.choice(("2026-11-24T04:00:00+00:00", "1999-12-31T23:59:59+00:00")),
        output=tuple(happened.output),
        traces=texts[-1],
        leftovers=tuple(texts[: chance.randrange(3)]),
        launch=chance.choice(((), ("mpiexec", "-n", "4"))),
        interpreter=Interpreter("CPython", "3.13.0", chance.random() < 0.3),
        machine=Machine("Linux", "x86-64", chance.randint(1, 128)),
        lanes=tuple(happened.lanes),
        things=things,
        files=files,
        events=tuple(happened.events),
        gaps=chance.choice(((), ("full",), ("traced", "trouble"))),
    )


def with_names(*all_names: str) -> Recording:
    """A run with lanes of these names, of which each prints."""
    lanes = tuple(
        Lane(number, name, "thread" if number else "process", 0 if number else None, 0, 1, 0, None)
        for number, name in enumerate(all_names)
    )
    return recorded(lanes=lanes, output=tuple(Piece(lane.number, f"{lane.number}\n", lane.number) for lane in lanes))


def _lanes(count: int, called: list[str], chance: Random) -> Iterator[Lane]:
    """Lanes that are made by one another. When they begin and end, what happens says."""
    found: list[Lane] = []
    for number in range(count):
        kind = chance.choice(("thread", "thread", "process", "greenlet", "task")) if found else "process"
        parent = chance.choice(found) if found else None
        process, pid = (number, 4711 + number) if kind == "process" or not parent else (parent.process, parent.pid)
        made_by = parent.number if parent else None
        daemon = chance.random() < 0.3
        found.append(Lane(number, chance.choice(called), kind, made_by, process, pid, 0, None, daemon))
        yield found[-1]


def _things(count: int, called: list[str], chance: Random) -> Iterator[Thing]:
    for _ in range(count):
        yield Thing(chance.choice(KINDS), chance.choice(called))


@dataclass
class _Happened:
    """Goes through the steps, and leaves out what cannot happen."""

    given: tuple[Lane, ...]
    things: tuple[Thing, ...]
    files: int
    now: int = 0
    lanes: list[Lane] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    output: list[Piece] = field(default_factory=list)
    held: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By thing that is held, the lane and how deep."""
    waiting: set[int] = field(default_factory=set)
    suspended: set[int] = field(default_factory=set)
    begun: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lanes = list(self.given)

    def take(self, later: int, lane: int, action: str, number: int, text: str) -> None:
        """Let so much time pass and then the lane do something."""
        self.now += later
        lane = lane % len(self.lanes) if self.lanes else -1
        if action in ("print", "drop"):
            self._print(lane, number, text, number + 1 if action == "drop" else 0)
        elif lane >= 0 and self.is_there(lane):
            self.begin(lane)
            getattr(self, f"_{action}")(lane, number)

    def is_there(self, lane: int) -> bool:
        found = self.lanes[lane]
        return all(one.end is None and one.gone is None for one in (found, self.lanes[found.process]))

    def begin(self, lane: int) -> None:
        """Have the lane made, by one that is there, before it does anything."""
        if lane in self.begun:
            return
        self.begun.add(lane)
        parent = self.lanes[lane].parent
        if parent is not None and self.is_there(parent):
            self.begin(parent)
            self.put(parent, "start", other=lane)
        self.lanes[lane] = replace(self.lanes[lane], start=self.now)
        self.put(lane, "begin")

    def put(self, lane: int, kind: str, **values: object) -> None:
        self.events.append(Event(self.now, lane, kind, **values))  # type: ignore[arg-type]

    def _print(self, lane: int, number: int, text: str, dropped: int) -> None:
        by = lane if number % 4 and lane in self.begun and self.is_there(lane) else None
        if text or dropped:
            self.output.append(Piece(self.now, text, by, dropped))

    def _line(self, lane: int, number: int) -> None:
        if lane in self.waiting:
            self.waiting.discard(lane)
            interrupted = INTERRUPTED if number % 7 == 0 else None
            self.put(lane, "go", result=(True, False, None)[number % 3], what=interrupted)
        self.put(lane, "line", file=number % self.files, line=number + 1)

    def _hot(self, lane: int, number: int) -> None:
        if number % 2 and self.things:
            self.put(lane, "hot", thing=number % len(self.things))
        else:
            self.put(lane, "hot", file=number % self.files, line=number + 1)

    def _wait(self, lane: int, number: int) -> None:
        if lane not in self.waiting:
            self.waiting.add(lane)
            what = WHAT[number % len(WHAT)]
            thing = number % len(self.things) if self.things and what in KINDS else None
            other = number % len(self.lanes) if what in ("join", "process", "task", "greenlet", "message") else None
            self.put(lane, "wait", what=what, thing=thing, other=other)

    def _lock(self, lane: int, number: int) -> None:
        """Take a lock, take it once more, or let it go."""
        if not self.things:
            return
        thing = number % len(self.things)
        holder, depth = self.held.get(thing, (lane, 0))
        again = self.things[thing].kind == "rlock" and holder == lane and number % 2
        if not depth or again:
            if lane in self.waiting:
                self.waiting.discard(lane)
                self.put(lane, "go", result=True)
            self.held[thing] = lane, depth + 1
            self.put(lane, "acquire", thing=thing, depth=depth + 1)
        elif holder == lane:
            self.held[thing] = lane, depth - 1
            if depth == 1:
                del self.held[thing]
            self.put(lane, "release", thing=thing, depth=depth - 1)
        elif lane not in self.waiting:
            self.waiting.add(lane)
            self.put(lane, "wait", what="lock", thing=thing)

    def _signal(self, lane: int, number: int) -> None:
        if self.things and number % 3:
            self.put(lane, "clear" if number % 5 == 0 else "signal", thing=number % len(self.things))
        else:
            self.put(lane, "signal", other=number % len(self.lanes))

    def _off(self, lane: int, number: int) -> None:
        if self.lanes[lane].kind == "task":
            self.put(lane, "on" if lane in self.suspended else "off")
            self.suspended ^= {lane}

    def _switch(self, lane: int, number: int) -> None:
        others = [one.number for one in self.lanes if one.kind == "greenlet" and one.number in self.begun]
        self.put(lane, "switch", other=others[number % len(others)] if others else None)

    def _end(self, lane: int, number: int) -> None:
        self.put(lane, "end")
        self.lanes[lane] = replace(self.lanes[lane], end=self.now)

    def _gone(self, lane: int, number: int) -> None:
        if self.lanes[lane].kind == "process" and lane:
            self.lanes[lane] = replace(self.lanes[lane], gone=self.now)
