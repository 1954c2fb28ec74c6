"""Threads whose schedule a check forces: time passes only when nobody can run.

Within `with Stage() as stage:` locks, conditions, `Thread.join` and `time` are those of the stage; what is built of
them (events, semaphores, barriers, queues, futures, thread pools) follows. A sleeper goes on, or a wait with a timeout gives up, only
when every other thread waits or has ended, the earliest first. So whoever sleeps where another could come between, is
sure to see that happen, on any machine, and without any real time. When all wait and no timeout is left, it is a
deadlock.
"""

from __future__ import annotations

import itertools
import queue
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

REAL_CONDITION, REAL_THREAD_START, REAL_IS_ALIVE = (
    threading.Condition,
    threading.Thread.start,
    threading.Thread.is_alive,
)
BEAT = 0.002
"""Seconds after which it is looked again whether anybody can run; nothing depends on it but how long a check takes."""
STARTED = 1000.0
"""What the clocks show at first."""


_THIS_THREAD, _NUMBERS = threading.local(), itertools.count()


def number_of_this_thread() -> int:
    """One that no other thread has or will have; the system gives those of threads that have ended to new ones."""
    if not hasattr(_THIS_THREAD, "number"):
        _THIS_THREAD.number = next(_NUMBERS)
    return int(_THIS_THREAD.number)


@dataclass
class Waiter:
    """A thread that waits until `ready()`, or gives up at `deadline`."""

    ready: Callable[[], bool]
    deadline: float | None
    late: bool = False


class Stage:
    """Where the threads of a check play."""

    def __init__(self) -> None:
        self._changed = REAL_CONDITION()
        self._waiting: dict[int, Waiter] = {}
        self._threads: list[threading.Thread] = []
        self.now = STARTED
        self.slept: list[float] = []
        """What was slept, in seconds, in the order it began."""
        self._real: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> Stage:
        stage = self

        def start(thread: threading.Thread) -> None:
            stage._start(thread)

        def join(thread: threading.Thread, timeout: float | None = None) -> None:
            stage._join(thread, timeout)

        patches: list[tuple[Any, str, Any]] = [
            (threading, "Lock", lambda: StageLock(stage)),
            (threading, "RLock", lambda: StageRLock(stage)),
            (threading, "Condition", lambda lock=None: StageCondition(stage, lock)),
            # The simple one is written in C, with a lock that no stage sees; the other can do all that it can.
            (queue, "SimpleQueue", queue.Queue),
            (threading.Thread, "start", start),
            (threading.Thread, "join", join),
            (time, "sleep", stage.sleep),
            (time, "monotonic", lambda: stage.now),
            (time, "perf_counter", lambda: stage.now),
        ]
        for owner, name, value in patches:
            self._real.append((owner, name, getattr(owner, name)))
            setattr(owner, name, value)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for owner, name, value in self._real:
            setattr(owner, name, value)

    def play(self, *parts: Callable[[], object]) -> list[threading.Thread]:
        """Run the parts, each in a thread of its own, until only daemon threads are left, or nobody can go on.

        Returns:
            The threads that can never go on, daemon threads left out.

        Raises:
            BaseException: What one of the parts raised.
        """
        errors: list[BaseException] = []

        def guarded(part: Callable[[], object]) -> None:
            try:
                part()
            except BaseException as error:  # to be raised by the check
                errors.append(error)

        for part in parts:
            threading.Thread(target=guarded, args=(part,)).start()
        stuck = self._until_over()
        if errors:
            raise errors[0]
        return stuck

    def wait(self, ready: Callable[[], bool], timeout: float | None = None) -> bool:
        """Have the calling thread wait; whether `ready()` came before the timeout."""
        with self._changed:
            if timeout is not None and timeout < 0:
                timeout = 0
            waiter = Waiter(ready, None if timeout is None else self.now + timeout)
            self._waiting[threading.get_ident()] = waiter
            try:
                while not ready() and not waiter.late:
                    self._changed.wait()
            finally:
                del self._waiting[threading.get_ident()]
            return ready()

    def change(self, what: Callable[[], Any]) -> Any:
        """Change what others may be waiting for."""
        with self._changed:
            result = what()
            self._changed.notify_all()
            return result

    @property
    def passed(self) -> float:
        """Seconds that have passed on the stage."""
        return self.now - STARTED

    def sleep(self, seconds: float) -> None:
        """As `time.sleep`, in the time of the stage."""
        self.slept.append(seconds)
        self.wait(lambda: False, seconds)

    def stood(self, threads: list[threading.Thread], file: Path) -> str:
        """Where in the program the threads are, in words."""
        frames = sys._current_frames()
        places = []
        for thread in threads:
            frame = frames.get(thread.ident or 0)
            while frame and frame.f_code.co_filename != str(file):
                frame = frame.f_back
            places.append(f"line {frame.f_lineno} in {frame.f_code.co_name}()" if frame else thread.name)
        return ", ".join(places)

    def _start(self, thread: threading.Thread) -> None:
        with self._changed:
            self._threads.append(thread)
        REAL_THREAD_START(thread)

    def _join(self, thread: threading.Thread, timeout: float | None) -> None:
        if thread.ident is None or thread.ident == threading.get_ident():
            raise RuntimeError("cannot join thread before it is started, or current thread")
        self.wait(lambda: not REAL_IS_ALIVE(thread), timeout)

    def _until_over(self) -> list[threading.Thread]:
        while True:
            with self._changed:
                alive = [one for one in self._threads if one.ident is None or REAL_IS_ALIVE(one)]
                lasting = [one for one in alive if not one.daemon]
                if not lasting:
                    return []
                if not self._somebody_goes_on(alive):
                    return lasting
            self._changed_after_a_beat()

    def _somebody_goes_on(self, alive: list[threading.Thread]) -> bool:
        """Whether anybody can run; if nobody can, the earliest sleeper is woken."""
        waiters = [self._waiting.get(one.ident or 0) for one in alive]
        if any(waiter is None or waiter.late or waiter.ready() for waiter in waiters):
            self._changed.notify_all()  # who waits for the end of a thread hears of it here
            return True
        sleepers = [waiter for waiter in waiters if waiter and waiter.deadline is not None]
        if not sleepers:
            return False
        earliest = min(sleepers, key=lambda waiter: waiter.deadline or 0.0)
        self.now = max(self.now, earliest.deadline or 0.0)
        earliest.late = True
        self._changed.notify_all()
        return True

    def _changed_after_a_beat(self) -> None:
        with self._changed:
            self._changed.wait(BEAT)


class StageLock:
    """As `threading.Lock()`."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._owner: int | None = None
        self._depth = 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        me = number_of_this_thread()
        with self._stage._changed:
            if not self._free_for(me):
                limit = 0.0 if not blocking else None if timeout == -1 else timeout
                if limit == 0.0 or not self._stage.wait(lambda: self._free_for(me), limit):
                    return False
            self._owner, self._depth = me, self._depth + 1
            return True

    def release(self) -> None:
        def give() -> None:
            if self._owner is None or not self._may_release(number_of_this_thread()):
                raise RuntimeError("release unlocked lock")
            self._depth -= 1
            if not self._depth:
                self._owner = None

        self._stage.change(give)

    def locked(self) -> bool:
        return self._owner is not None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _free_for(self, thread: int) -> bool:
        return self._owner is None

    def _may_release(self, thread: int) -> bool:
        return True


class StageRLock(StageLock):
    """As `threading.RLock()`."""

    def _free_for(self, thread: int) -> bool:
        return self._owner in (None, thread)

    def _may_release(self, thread: int) -> bool:
        return self._owner == thread


class StageCondition:
    """As `threading.Condition()`."""

    def __init__(self, stage: Stage, lock: Any = None) -> None:
        self._stage, self._lock = stage, lock or StageRLock(stage)
        self._tickets: list[int] = []
        self._numbers = itertools.count()
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self) -> bool:
        return bool(self._lock.__enter__())

    def __exit__(self, *error: object) -> None:
        self._lock.__exit__(*error)

    def wait(self, timeout: float | None = None) -> bool:
        me = number_of_this_thread()
        if self._lock._owner != me:
            raise RuntimeError("cannot wait on un-acquired lock")
        ticket, depth = next(self._numbers), self._lock._depth
        with self._stage._changed:
            self._tickets.append(ticket)
            for _ in range(depth):
                self._lock.release()
            came = self._stage.wait(lambda: ticket not in self._tickets, timeout)
            if not came:
                self._tickets.remove(ticket)
        for _ in range(depth):
            self._lock.acquire()
        return came

    def wait_for(self, predicate: Callable[[], Any], timeout: float | None = None) -> Any:
        until = None if timeout is None else self._stage.now + timeout
        while not (result := predicate()):
            if not self.wait(None if until is None else until - self._stage.now) and until is not None:
                return predicate()
        return result

    def notify(self, n: int = 1) -> None:
        if self._lock._owner != number_of_this_thread():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._stage.change(lambda: self._tickets.__delitem__(slice(0, n)))

    def notify_all(self) -> None:
        self.notify(len(self._tickets))
