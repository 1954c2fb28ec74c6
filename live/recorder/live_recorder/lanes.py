"""Tells which lane is running: a thread, a greenlet or an asyncio task."""

from __future__ import annotations

import sys
import threading
import weakref
from _thread import get_ident
from functools import partial
from itertools import count
from time import monotonic_ns as now

from .journal import Journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .waits import Wait

MAIN = 0
"""The lane of a process's main thread."""


class Lane:
    """What is known of a thread's lane, or of what runs in its place."""

    __slots__ = ("busy", "nameless", "number", "wait")

    def __init__(self, number: int, nameless: bool = False) -> None:
        self.number = number
        self.nameless = nameless
        """Whether the first function of the program that it calls is still to name it."""
        self.busy = 0
        """How many waits, one inside the other, the lane is in. Only the outermost is written down."""
        self.wait: Wait | None = None
        """That one."""


class _Life:
    """Something that a thread has for itself, and that is gone with it."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes, self.here = lanes, get_ident()

    def __del__(self) -> None:
        self.lanes.end_unannounced(self.here)


class Lanes:
    """The lanes of this process, by what Python calls them."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.main = Lane(MAIN)
        self._numbers = count(MAIN + 1)
        thread = threading.main_thread()
        self._known: dict[int, tuple[Any, Lane]] = {id(thread): (weakref.ref(thread), self.main)}
        self._homes = {get_ident(): self.main}
        self._running = dict(self._homes)
        self._asyncio: Any = None
        self._lives = threading.local()

    def current(self) -> Lane:
        """The lane that is running now."""
        task = self._task()
        if task is not None:
            return self.of_task(task)
        return self._running.get(get_ident()) or self._begin_unannounced()

    def begin_thread(self) -> Lane:
        """The lane of the current thread, which may not have been seen before."""
        here = get_ident()
        thread = threading._active.get(here)  # type: ignore[attr-defined]
        if here not in self._homes:
            self._homes[here] = self._running[here] = (
                self.of_thread(thread) if thread else self._new(None, "thread", "thread")
            )
        return self._running[here]

    def _begin_unannounced(self) -> Lane:
        """The lane of a thread that does something without having been seen to begin.

        Not every thread calls a trace function first: one of `_thread` that runs a function of the library does not,
        nor does one that is past its end for tracing, and prints what it failed with.
        """
        lane = self.begin_thread()
        self._lives.life = _Life(self)
        return lane

    def end_unannounced(self, here: int) -> None:
        """Such a thread ends."""
        if here == get_ident() and (lane := self._homes.get(here)):
            self.journal.put("end", now(), lane.number)
            self.end_thread()

    def end_thread(self) -> None:
        """The current thread ends; its identifier may be used again."""
        self._homes.pop(get_ident(), None)
        self._running.pop(get_ident(), None)

    def switch_to(self, lane: Lane) -> None:
        """From now on this lane runs in the current thread."""
        self._running[get_ident()] = lane

    def of_thread(self, thread: threading.Thread) -> Lane:
        """The lane of a thread that need not run yet."""
        return self._find(thread) or self._new(thread, "thread", thread.name, daemon=thread.daemon)

    def of_task(self, task: Any) -> Lane:
        """The lane of an asyncio task."""
        return self._find(task) or self._new(task, "task", task.get_name())

    def task_name(self) -> str:
        """The name of the asyncio task that is running, which it may have got only after it was made."""
        task = self._task()
        return task.get_name() if task is not None else ""

    def of_greenlet(self, greenlet: Any) -> Lane:
        """The lane of a greenlet; that of a thread's outermost one is the thread's."""
        if found := self._find(greenlet):
            return found
        if greenlet.parent is None:
            self.begin_thread()
            lane = self._homes[get_ident()]
            self._known[id(greenlet)] = (weakref.ref(greenlet), lane)
            return lane
        if type(greenlet).__name__ == "Hub":
            return self._new(greenlet, "hub", "hub")
        # Not its own name: gevent gives it one when it is asked for it, and shows that from then on.
        spawning = getattr(greenlet, "spawning_greenlet", None)
        creator = spawning() if callable(spawning) else greenlet.parent
        parent = self.of_greenlet(creator) if creator is not None else None
        return self._new(greenlet, "greenlet", "", parent=parent)

    def _task(self) -> Any:
        """The asyncio task that is running in the current thread, or None."""
        module = self._asyncio
        if module is None:
            module = self._asyncio = sys.modules.get("asyncio.tasks")
        try:
            loop = module and module.events._get_running_loop()
            return loop and module.current_task(loop)
        except (AttributeError, RuntimeError):  # asyncio is only half imported
            return None

    def _find(self, subject: Any) -> Lane | None:
        found = self._known.get(id(subject))
        return found[1] if found and found[0]() is subject else None

    def _gone(self, lane: Lane, _: Any) -> None:
        self.journal.put("end", now(), lane.number)

    def _new(self, subject: Any, kind: str, name: str, *, daemon: bool = False, parent: Lane | None = None) -> Lane:
        lane = Lane(next(self._numbers), kind in ("greenlet", "task"))
        if subject is not None:
            # A task that nobody keeps may be gone before it is done.
            gone = partial(self._gone, lane) if kind == "task" else None
            self._known[id(subject)] = (weakref.ref(subject, gone), lane)
        if parent is None:
            creator = self._task()
            parent = self._find(creator) if creator is not None else self._running.get(get_ident())
        number = parent.number if parent else None
        self.journal.put("lane", now(), lane.number, kind, name, number, daemon)
        return lane
