"""Numbers and names for locks, events, queues and whatever else lanes wait for."""

from __future__ import annotations

import os
import sys
import threading
import weakref
from _thread import get_ident
from itertools import count
from time import monotonic_ns as now
from types import ModuleType

from .journal import Journal
from .lanes import MAIN, Lane

FULLY = 60
"""How often a lane's holding of one lock is written down."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any


class Things:
    """What this process has written down of things, by identity."""

    def __init__(self, journal: Journal, sources: str) -> None:
        self.journal, self.sources = journal, sources
        self.depths: dict[int, int] = {}
        """How often each lock is held, by its number."""
        self.hot: dict[tuple[int, int], Any] = {}
        """Locks that a thread has held so often that it is no longer written down, by thread and identity. They stay
        here, so that nothing else can get their identity."""
        self._times: dict[tuple[int, int], int] = {}
        self._numbers = count(1)
        self._known: dict[int, tuple[Any, int]] = {}

    def number(self, thing: Any, kind: str, called: Any = None) -> int:
        """The number of a thing. The program may know it only as part of another one, which is `called` something."""
        found = self._known.get(id(thing))
        if found and (found[0] is None or found[0]() is thing):
            return found[1]
        number = next(self._numbers)
        try:
            reference = weakref.ref(thing)
        except TypeError:
            reference = None
        self._known[id(thing)] = (reference, number)
        self.journal.put("thing", now(), MAIN, number, kind, _name(called or thing, self.sources), shared_name(thing))
        return number

    def number_of_lock(self, lock: Any) -> int:
        """The number of a lock that is written in Python, or of the one inside a condition."""
        if (inner := getattr(lock, "_lock", None)) is not None and hasattr(lock, "notify"):
            return self.number(inner, "lock", called=lock)
        return self.number(lock, "rlock" if "RLock" in type(lock).__name__ else "lock")

    def lend(self, lane: Lane, condition: Any) -> tuple[int, int] | None:
        """Who waits for a condition gives its lock away. Returns the lock's number and how deep it was held."""
        found = self._known.get(id(getattr(condition, "_lock", None)))
        if found is None or not (depth := self.depths.get(found[1], 0)):
            return None
        self.depths[found[1]] = 0
        self.journal.put("release", now(), lane.number, found[1], 0)
        return found[1], depth

    def take_back(self, lane: Lane, number: int, depth: int) -> None:
        """The opposite of `lend`."""
        self.depths[number] = depth
        self.journal.put("acquire", now(), lane.number, number, depth)

    def acquire(self, lane: Lane, number: int, lock: Any) -> None:
        """Write down that the lane holds the lock, once more if it did already."""
        depth = self.depths[number] = self.depths.get(number, 0) + 1
        times = self._times[lane.number, number] = self._times.get((lane.number, number), 0) + 1
        if times > FULLY and depth == 1:
            self.depths[number] = 0
            self.hot[get_ident(), id(lock)] = lock
            self.journal.put("hot", now(), lane.number, 0, number)
        else:
            self.journal.put("acquire", now(), lane.number, number, depth)

    def release(self, lane: Lane, number: int) -> None:
        """Write down that the lane gives the lock back, or one of the times that it holds it."""
        depth = self.depths[number] = max(0, self.depths.get(number, 1) - 1)
        self.journal.put("release", now(), lane.number, number, depth)


def _name(thing: Any, sources: str) -> str:
    """What the program calls the thing: a global variable, else what the function that made it calls it."""
    main = threading.main_thread().ident
    # Whoever made it may be another thread, most likely the main one; this one may know it only as a parameter.
    stacks = sorted(sys._current_frames().items(), key=lambda item: (item[0] == get_ident(), item[0] != main))
    frames = [one for _, frame in stacks for one in _stack(frame, sources)]
    try:
        everywhere = {id(frame.f_globals): frame.f_globals for frame in frames}
        names = (_variable(thing, variables) for variables in [*everywhere.values(), *(one.f_locals for one in frames)])
        return next(filter(None, names), "") or next(filter(None, (_part(thing, one) for one in frames)), "")
    finally:
        # One of the stacks begins with this very function. Left to the garbage collector, that circle would keep the
        # variables of all threads alive, which the program may count on being gone.
        stacks.clear()
        frames.clear()


def _stack(frame: FrameType | None, sources: str) -> list[FrameType]:
    """The frames of a thread in the program's own code, outermost first."""
    found: list[FrameType] = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(sources):
            found.insert(0, frame)
        frame = frame.f_back
    return found


def _variable(thing: Any, names: Any) -> str:
    return next((name for name, value in list(names.items()) if value is thing), "")


def _part(thing: Any, frame: FrameType) -> str:
    """The name of the thing as an attribute of a variable, or of its class."""
    for variable, owner in [*frame.f_locals.items(), *frame.f_globals.items()]:
        for cls in (owner, *type(owner).__mro__):
            members = getattr(cls, "__dict__", None)
            if members and not isinstance(owner, ModuleType) and (name := _variable(thing, members)):
                return name if variable == "self" else f"{variable}.{name}"
    return ""


def shared_name(thing: Any) -> str:
    """What tells a thing that several processes share: its semaphore or its pipe; empty for all others."""
    # A condition has a lock that is a thing of its own, so it goes by its other semaphore.
    own = getattr(thing, "_wait_semaphore", None)
    for part in (own, thing, *(getattr(thing, name, None) for name in ("_lock", "_cond", "_flag", "_rlock"))):
        semaphore = getattr(getattr(part, "_lock", part), "_semlock", None) or part
        if isinstance(name := getattr(semaphore, "name", None), str) and hasattr(semaphore, "handle"):
            return name
    try:
        return f"pipe {os.fstat(thing.fileno()).st_ino}" if hasattr(thing, "send_bytes") else ""
    except (OSError, ValueError):
        return ""
