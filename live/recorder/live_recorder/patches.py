"""Replaces what waits or writes in C, where tracing sees nothing, by functions that say so and then do the same."""

from __future__ import annotations

import _thread
import os
import sys
import threading
import time
from functools import partial
from time import monotonic_ns as now

from .members import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .recorder import Recorder

_patched: set[str] = set()
_recorder: Recorder
"""Of this process: another one in a forked child."""


def patch_builtins(recorder: Recorder) -> None:
    """Locks, sleep and output: what every program may use from its first line on."""
    global _recorder
    _recorder = recorder
    _patch_lock(type(_thread.allocate_lock()), "lock", _is_locked)
    _patch_lock(_thread.RLock, "rlock", _is_owned)
    import _io

    replace(_io.FileIO, "write", _writing)
    for module in (sys.modules["posix"], os):
        module.write = _write_descriptor  # type: ignore[attr-defined]
    time.sleep = _sleep
    sys._current_frames = _current_frames
    sys.settrace = _settrace
    threading.settrace = _settrace_of_threads  # type: ignore[assignment]


def patch_imported(recorder: Recorder) -> bool:
    """What has to be imported first. Called again and again; each is done once.

    Returns whether all that is imported is done; False where a module is still being imported.
    """
    settled = True
    for name, patch in _PATCHES.items():
        module = sys.modules.get(name)
        if module is None or name in _patched:
            continue
        if getattr(module.__spec__, "_initializing", False):
            settled = False
            continue
        _patched.add(name)
        patch(module)
    if "greenlet" in _patched:
        recorder.begin_thread()
    return settled


# Sleeping and writing.

_original_sleep = time.sleep
_original_write = os.write
_original_current_frames = sys._current_frames
_original_settrace = sys.settrace
_original_settrace_of_threads = threading.settrace


def _sleep(seconds: Any, /) -> None:
    recorder, lane = _recorder, _recorder.lanes.current()
    if not lane.busy:
        recorder.tracer.wake(sys._getframe(1))
        recorder.journal.put(
            "wait", now(), lane.number, "sleep", float(seconds) if isinstance(seconds, int | float) else None
        )
    lane.busy += 1
    try:
        _original_sleep(seconds)
    finally:
        lane.busy -= 1
        recorder.tracer.forget_beat()
        if not lane.busy:
            recorder.journal.put("go", now(), lane.number, None)


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
    frames = _original_current_frames()
    return {thread: _below(frame) for thread, frame in frames.items()}


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


# Locks.


def _is_locked(lock: Any) -> bool:
    return bool(lock.locked())


def _is_owned(lock: Any) -> bool:
    return bool(lock._is_owned())


def _is_mine(lock: Any) -> bool:
    return bool(lock._is_mine() or not lock._is_zero())


def _can_be_released(_: Any) -> bool:
    return True


def _patch_lock(cls: type, kind: str, releasable: Callable[[Any], bool]) -> None:
    for name in ("acquire", "__enter__"):
        replace(cls, name, partial(_acquiring, kind=kind, entering=name == "__enter__"))
    for name in ("release", "__exit__"):
        replace(cls, name, partial(_releasing, kind=kind, releasable=releasable))


def _acquiring(original: Callable[..., Any], kind: str, entering: bool) -> Callable[..., Any]:
    def acquire(lock: Any, /, *args: Any, **options: Any) -> Any:
        recorder = _recorder
        if recorder.things.hot and recorder.things.is_hot(lock):
            return original(lock, *args, **options)
        caller = sys._getframe(1)
        if not recorder.tracer.is_program(caller):
            return original(lock, *args, **options)
        lane = recorder.lanes.current()
        if lane.busy:
            return original(lock, *args, **options)
        recorder.tracer.wake(caller)
        number = recorder.things.number(lock, kind, caller)
        if (
            args[:1] == (False,)
            or options.get("blocking", options.get("block")) is False
            or options.get("timeout") == 0
        ):
            got = original(lock, *args, **options)
            if got:
                recorder.things.acquire(lane, number, lock)
            return got
        got = _wait(recorder, lane, number, partial(original, lock, *args, **options))
        if got or entering:  # who gets to behind `with` has the lock, whatever `__enter__` returns
            recorder.things.acquire(lane, number, lock)
        return got

    return acquire


def _wait(recorder: Recorder, lane: Any, number: int, acquire: Callable[[], Any]) -> Any:
    recorder.journal.put("wait", now(), lane.number, "lock", number)
    lane.busy += 1
    got = None
    try:
        got = acquire()
    finally:
        lane.busy -= 1
        recorder.tracer.forget_beat()
        recorder.journal.put("go", now(), lane.number, None if got is None else bool(got))
    return got


def _releasing(original: Callable[..., Any], kind: str, releasable: Callable[[Any], bool]) -> Callable[..., Any]:
    def release(lock: Any, /, *args: Any) -> Any:
        recorder = _recorder
        if recorder.things.hot and recorder.things.is_hot(lock):
            return original(lock, *args)
        caller = sys._getframe(1)
        if recorder.tracer.is_program(caller) and releasable(lock):
            lane = recorder.lanes.current()
            # Written down first: afterwards another lane might have it, and have written that down, before this one.
            recorder.things.release(lane, recorder.things.number(lock, kind, caller))
        return original(lock, *args)

    return release


# What waits in C once its module is imported.


def _waiting(original: Callable[..., Any], what: str, by_program: bool = False) -> Callable[..., Any]:
    def wait(subject: Any, /, *args: Any, **options: Any) -> Any:
        recorder, caller = _recorder, sys._getframe(1)
        lane = recorder.lanes.current()
        if lane.busy or (by_program and not recorder.tracer.is_program(caller)):
            return original(subject, *args, **options)
        number = recorder.things.number(subject, what, caller) if what == "queue" else None
        recorder.journal.put("wait", now(), lane.number, what, number)
        lane.busy += 1
        try:
            return original(subject, *args, **options)
        finally:
            lane.busy -= 1
            recorder.tracer.forget_beat()
            recorder.journal.put("go", now(), lane.number, None)

    return wait


def _patch_socket(module: Any) -> None:
    def unless_nonblocking(original: Callable[..., Any]) -> Callable[..., Any]:
        waits = _waiting(original, "io")

        def wait(subject: Any, /, *args: Any) -> Any:
            return (original if subject.gettimeout() == 0 else waits)(subject, *args)

        return wait

    for name in ("accept", "_accept", "connect", "recv", "recv_into", "send", "sendall"):
        replace(module.socket, name, unless_nonblocking)


def _patch_queue(module: Any) -> None:
    replace(module.SimpleQueue, "get", partial(_waiting, what="queue"))


def _patch_semlock(module: Any) -> None:
    _patch_lock(module.SemLock, "lock", _is_mine)


def _patch_gevent_semaphore(module: Any) -> None:
    for name in ("Semaphore", "BoundedSemaphore"):
        _patch_lock(getattr(module, name), "lock", _can_be_released)


def _patch_gevent(module: Any) -> None:
    for name in ("joinall", "wait", "iwait"):
        setattr(module, name, _waiting(getattr(module, name), "greenlet", by_program=True))


def _patch_mpi(module: Any) -> None:
    for name in dir(module.Comm):
        if name.lower() in _MESSAGES:
            replace(module.Comm, name, partial(_waiting, what="message", by_program=True))
    for name in ("wait", "Wait", "waitall", "Waitall"):
        replace(module.Request, name, partial(_waiting, what="message", by_program=True))


_MESSAGES = [
    "send",
    "ssend",
    "recv",
    "sendrecv",
    "probe",
    "barrier",
    "bcast",
    "gather",
    "scatter",
    "allgather",
    "alltoall",
    "reduce",
    "allreduce",
    "scan",
    "exscan",
]


def _patch_gevent_greenlet(module: Any) -> None:
    for name in ("join", "get"):
        replace(module.Greenlet, name, partial(_waiting, what="greenlet", by_program=True))


_PATCHES: dict[str, Callable[[Any], None]] = {
    "_socket": _patch_socket,
    "_queue": _patch_queue,
    "_multiprocessing": _patch_semlock,
    "gevent._gevent_c_semaphore": _patch_gevent_semaphore,
    "gevent._gevent_cgreenlet": _patch_gevent_greenlet,
    "gevent": _patch_gevent,
    "mpi4py.MPI": _patch_mpi,
    "greenlet": lambda _: None,
}
