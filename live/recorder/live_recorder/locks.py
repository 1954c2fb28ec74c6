"""Has locks say who acquires and releases them."""

from __future__ import annotations

import _thread
import sys
from _thread import get_ident
from functools import partial
from time import monotonic_ns as now

from .members import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .lanes import Lane
    from .recorder import Recorder

_recorder: Recorder
"""Of this process: another one in a forked child."""


def patch_builtin_locks(recorder: Recorder) -> None:
    """The locks that every program may use from its first line on."""
    global _recorder
    _recorder = recorder
    patch_lock(type(_thread.allocate_lock()), _Lock())
    patch_lock(_thread.RLock, _RLock())


# What is wrong here must not become the program's trouble, so all that is not the original call is guarded.


class Kind:
    """What the recorder has to know of a type of locks."""

    def name(self, _: Any) -> str:
        """`lock`, `rlock` or `semaphore`, which anybody may release and nobody holds."""
        return "lock"

    def can_be_released(self, _: Any) -> bool:
        """Whether a release by the current thread will not be refused."""
        return True


class _Lock(Kind):
    def can_be_released(self, lock: Any) -> bool:
        return bool(lock.locked())


class _RLock(Kind):
    def name(self, _: Any) -> str:
        return "rlock"

    def can_be_released(self, lock: Any) -> bool:
        return bool(lock._is_owned())


class _Acquiring:
    """One call of `acquire`, or of the `__enter__` of a `with`."""

    __slots__ = ("lane", "lock", "name", "number", "recorder", "waits")

    def __init__(self, lock: Any, kind: Kind, waits: bool, lane: Lane, caller: Any) -> None:
        self.recorder, self.lock, self.waits, self.lane = _recorder, lock, waits, lane
        self.name = kind.name(lock)
        self.recorder.tracer.wake(caller)
        self.number = self.recorder.things.number(lock, self.name)
        if waits:
            what = "semaphore" if self.name == "semaphore" else "lock"
            self.recorder.waits.begin(lane, what, self.number)

    def end(self, got: bool | None, has_it: bool) -> None:
        """Write down how it went."""
        if self.waits:
            self.recorder.tracer.forget_beat()
            self.recorder.waits.end(self.lane, got)
        if has_it and self.name != "semaphore":
            self.recorder.things.acquire(self.lane, self.number, self.lock)


def patch_lock(cls: type, kind: Kind) -> None:
    """Have a type of locks say who acquires and releases them."""
    for name in ("acquire", "__enter__"):
        replace(cls, name, partial(_acquiring, kind=kind, entering=name == "__enter__"))
    for name in ("release", "__exit__"):
        replace(cls, name, partial(_releasing, kind=kind))


def _acquiring(original: Callable[..., Any], kind: Kind, entering: bool) -> Callable[..., Any]:
    def acquire(lock: Any, /, *args: Any, **options: Any) -> Any:
        hot = _recorder.things.hot  # looked at here: programs acquire a hot lock a hundred thousand times
        if hot and (get_ident(), id(lock)) in hot:
            return original(lock, *args, **options)
        call = _begin(lock, kind, args, options, sys._getframe().f_back)
        if call is None:
            return original(lock, *args, **options)
        got, came_back = None, False
        try:
            got = original(lock, *args, **options)
            came_back = True
        finally:
            try:
                # Who gets to behind `with` has the lock, whatever `__enter__` returns.
                call.end(None if got is None else bool(got), bool(got) or (entering and came_back))
            except Exception as error:
                _recorder.tracer.trouble(error)
        return got

    return acquire


def _begin(lock: Any, kind: Kind, args: Any, options: Any, caller: Any) -> _Acquiring | None:
    """None where the call is not to be written down."""
    try:
        if not _recorder.tracer.is_program(caller):
            return None
        lane = _recorder.lanes.current()
        if lane.busy:
            return None
        tries = args[:1] == (False,) or options.get("blocking", options.get("block")) is False
        return _Acquiring(lock, kind, not tries and options.get("timeout") != 0, lane, caller)
    except Exception as error:
        _recorder.tracer.trouble(error)
        return None


def _releasing(original: Callable[..., Any], kind: Kind) -> Callable[..., Any]:
    def release(lock: Any, /, *args: Any) -> Any:
        hot = _recorder.things.hot
        if hot and (get_ident(), id(lock)) in hot:
            return original(lock, *args)
        # Written down first: afterwards another lane might have it, and have written that down, before this one.
        _note_release(lock, kind, sys._getframe().f_back)
        return original(lock, *args)

    return release


def _note_release(lock: Any, kind: Kind, caller: Any) -> None:
    try:
        things, name = _recorder.things, kind.name(lock)
        if not _recorder.tracer.is_program(caller):
            return
        lane = _recorder.lanes.current()
        if name == "semaphore":
            _recorder.journal.put("signal", now(), lane.number, things.number(lock, name))
        elif kind.can_be_released(lock):
            things.release(lane, things.number(lock, name))
    except Exception as error:
        _recorder.tracer.trouble(error)
