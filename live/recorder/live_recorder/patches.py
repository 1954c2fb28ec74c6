"""Replaces what waits or writes in C, where tracing sees nothing, by functions that say so and then do the same."""

from __future__ import annotations

import os
import sys
import threading
import time
from time import monotonic_ns as now

from .imports import patch_import
from .locks import patch_builtin_locks
from .members import replace
from .stacks import patch_current_frames

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
    patch_builtin_locks(recorder)
    import _io

    replace(_io.FileIO, "write", _writing)
    for module in (sys.modules["posix"], os):
        module.write = _write_descriptor  # type: ignore[attr-defined]
    time.sleep = _sleep
    patch_current_frames()
    sys.settrace = _settrace
    threading.settrace = _settrace_of_threads  # type: ignore[assignment]
    patch_import(current_recorder)


def current_recorder() -> Recorder:
    """The recorder of this process: another one in a forked child."""
    return _recorder


# Sleeping and writing.

_original_sleep = time.sleep
_original_write = os.write
_original_settrace = sys.settrace
_original_settrace_of_threads = threading.settrace


def _sleep(seconds: Any, /) -> None:
    call = begin_wait("sleep", float(seconds) if isinstance(seconds, int | float) else None, sys._getframe().f_back)
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
            _note_write(file.fileno(), data, sys._getframe().f_back)
        except Exception:
            pass
        return original(file, data)

    return write


def _write_descriptor(descriptor: int, data: Any, /) -> int:
    try:
        _note_write(descriptor, data, sys._getframe().f_back)
    except Exception:
        pass
    return _original_write(descriptor, data)


def _note_write(descriptor: int, data: Any, frame: Any) -> None:
    if descriptor in (1, 2):
        lane = _recorder.lanes.current()
        _recorder.tracer.wake(frame)
        _recorder.tracer.beat(lane)
        _recorder.journal.put("write", now(), lane.number, descriptor, bytes(data))


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
