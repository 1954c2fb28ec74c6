"""What threads wait for on a stage: its locks and conditions, of which events, queues and all others are built."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.exercises.stage import Stage

_THIS_THREAD, _NUMBERS = threading.local(), itertools.count()


def number_of_this_thread() -> int:
    """One that no other thread has or will have; the system gives those of threads that have ended to new ones."""
    if not hasattr(_THIS_THREAD, "number"):
        _THIS_THREAD.number = next(_NUMBERS)
    return int(_THIS_THREAD.number)


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
                if self._stage.over:
                    return  # whoever was stuck in a wait does not have it
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
        if timeout is not None and timeout <= 0:
            return False  # at once, as there may be a lock of the standard library's around it that no stage sees
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
