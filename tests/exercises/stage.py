"""Threads whose schedule a check forces: time passes only when nobody can run.

Within `with Stage() as stage:` locks, conditions, `Thread.join` and `time` are those of the stage; what is built of
them (events, semaphores, barriers, queues, futures, thread pools) follows. A sleeper goes on, or a wait with a timeout
gives up, only when every other thread waits or has ended, the earliest first. So whoever sleeps where another could
come between, is sure to see that happen, on any machine, and without any real time. When all wait and no timeout is
left, it is a deadlock.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.exercises.primitives import StageCondition, StageLock, StageRLock

REAL_MONOTONIC = time.monotonic
REAL_CONDITION, REAL_THREAD_START, REAL_IS_ALIVE = (
    threading.Condition,
    threading.Thread.start,
    threading.Thread.is_alive,
)
BEAT = 0.002
"""Seconds after which it is looked again whether anybody can run; nothing depends on it but how long a check takes."""
STARTED = 1000.0
"""What the clocks show at first."""


class Over(BaseException):
    """The stage was left, so nobody will ever come for whom a thread could still be waiting."""


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
        self._begun: set[threading.Thread] = set()
        """Those that have come to their `run()`. Before it, one may have an ident and still not be alive to Python."""
        self.now = STARTED
        self.slept: list[float] = []
        """What was slept, in seconds, in the order it began."""
        self._real: list[tuple[Any, str, Any]] = []
        self._stacks: dict[threading.Thread, list[traceback.FrameSummary]] = {}
        self.over = False
        """Whether the stage was left: then nobody waits any more, lest who is stuck keeps the process from ending."""

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
        # Modules that took the clock under a name of their own, to reckon what is left of a timeout.
        clocks = [(queue, "time"), (threading, "_time")]
        patches += [(*clock, lambda: stage.now) for clock in clocks if getattr(*clock, None) is REAL_MONOTONIC]
        for owner, name, value in patches:
            self._real.append((owner, name, getattr(owner, name)))
            setattr(owner, name, value)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for owner, name, value in self._real:
            setattr(owner, name, value)
        with self._changed:
            self.over = True
            self._changed.notify_all()

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
        frames = sys._current_frames()
        self._stacks = {one: traceback.extract_stack(frames.get(one.ident or 0)) for one in stuck}
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
                    if self.over:
                        raise Over
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
        """Where in the program the threads were when nobody could go on, in words."""
        places = []
        for thread in threads:
            inside = [frame for frame in self._stacks[thread] if frame.filename == str(file)]
            places.append(f"line {inside[-1].lineno} in {inside[-1].name}()" if inside else thread.name)
        return ", ".join(places)

    def _start(self, thread: threading.Thread) -> None:
        run = thread.run

        def run_until_over() -> None:
            self._begun.add(thread)
            with suppress(Over):
                run()

        thread.run = run_until_over  # type: ignore[method-assign]
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
                alive = [one for one in self._threads if one not in self._begun or REAL_IS_ALIVE(one)]
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
