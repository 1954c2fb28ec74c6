"""Replaces what waits or writes in C, where tracing sees nothing, by functions that say so and then do the same."""

from __future__ import annotations

import _thread
import os
import sys
import threading
import time
from _thread import get_ident
from functools import partial
from time import monotonic_ns as now

from .imports import patch_import
from .members import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .lanes import Lane
    from .recorder import Recorder

_recorder: Recorder
"""Of this process: another one in a forked child."""


def patch_builtins(recorder: Recorder) -> None:
    """Locks, sleep and output: what every program may use from its first line on."""
    global _recorder
    _recorder = recorder
    patch_lock(type(_thread.allocate_lock()), _Lock())
    patch_lock(_thread.RLock, _RLock())
    import _io

    replace(_io.FileIO, "write", _writing)
    for module in (sys.modules["posix"], os):
        module.write = _write_descriptor  # type: ignore[attr-defined]
    time.sleep = _sleep
    sys._current_frames = _current_frames
    sys.settrace = _settrace
    threading.settrace = _settrace_of_threads  # type: ignore[assignment]
    patch_import(current_recorder)


def current_recorder() -> Recorder:
    """The recorder of this process: another one in a forked child."""
    return _recorder


# Sleeping and writing.

_original_sleep = time.sleep
_original_write = os.write
_original_current_frames = sys._current_frames
_original_settrace = sys.settrace
_original_settrace_of_threads = threading.settrace


def _sleep(seconds: Any, /) -> None:
    call = begin_wait("sleep", float(seconds) if isinstance(seconds, int | float) else None, sys._getframe(1))
    try:
        _original_sleep(seconds)
    finally:
        end_wait(call)


def begin_wait(what: str, subject: Any, caller: Any) -> Lane | None:
    """Write down that the current lane waits, unless it does so for something else already."""
    try:
        lane = _recorder.lanes.current()
        if not lane.busy:
            _recorder.tracer.wake(caller)
            _recorder.tracer.beat(lane)
        _recorder.waits.begin(lane, what, subject)
        return lane
    except Exception as error:
        _recorder.tracer.trouble(error)
        return None


def end_wait(lane: Lane | None) -> None:
    """The end of what `begin_wait` began."""
    if lane is not None:
        _recorder.tracer.forget_beat()
        _recorder.waits.end(lane, None)


def _writing(original: Callable[..., Any]) -> Callable[..., Any]:
    def write(file: Any, data: Any, /) -> Any:
        try:
            _note_write(file.fileno(), data, sys._getframe(1))
        except Exception:
            pass
        return original(file, data)

    return write


def _write_descriptor(descriptor: int, data: Any, /) -> int:
    try:
        _note_write(descriptor, data, sys._getframe(1))
    except Exception:
        pass
    return _original_write(descriptor, data)


def _note_write(descriptor: int, data: Any, frame: Any) -> None:
    if descriptor in (1, 2):
        lane = _recorder.lanes.current()
        _recorder.tracer.wake(frame)
        _recorder.tracer.beat(lane)
        _recorder.journal.put("write", now(), lane.number, descriptor, bytes(data))


def _current_frames() -> dict[int, Any]:
    """Where each thread stands, as it would be without these functions on top of the stacks."""
    return {thread: _below(frame) for thread, frame in _original_current_frames().items()}


def _below(frame: Any) -> Any:
    while frame.f_back is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    return frame


def _settrace(function: Any, /) -> None:
    """There is room for one trace function in a thread, and the program's comes first."""
    if function is None:
        _original_settrace(_recorder.tracer.call)
        return
    if getattr(function, "__self__", None) is not _recorder.tracer:  # threading passes on what it was given
        _recorder.journal.put("note", now(), 0, "traced")
    _original_settrace(function)


def _settrace_of_threads(function: Any) -> None:
    if function is None:
        _original_settrace_of_threads(_recorder.tracer.begin_thread)
    else:
        _recorder.journal.put("note", now(), 0, "traced")
        _original_settrace_of_threads(function)


# Locks. What is wrong here must not become the program's trouble, so all that is not the original call is guarded.


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
        call = _begin(lock, kind, args, options, sys._getframe(1))
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
        _note_release(lock, kind, sys._getframe(1))
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
