"""Follows the calls that wait, wake and start in the standard library and in gevent."""

from __future__ import annotations

import threading
from time import monotonic_ns as now

from .code import Known
from .guarding import guarded
from .known import ANYBODY, CLEARS, LOCKS, NAMES, NOTICES, ON_BEHALF, PAIRS, RUNS_TARGET, SIGNALS, STARTS, WAITS
from .things import shared_name
from .waits import returns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from .lanes import Lane
    from .tracing import Tracer


class Library:
    """What to do when one of the functions in `known` is called."""

    def __init__(self, tracer: Tracer) -> None:
        self.tracer = tracer
        self.lanes, self.things, self.put, self.trouble = tracer.lanes, tracer.things, tracer.put, tracer.trouble
        self.waits = tracer.recorder.waits
        self._suspended: dict[int, Lane] = {}
        """Frames, by identity, that are waiting while their task is suspended, and whose waits those are."""
        self._gone: set[int] = set()
        """Processes that are known to be over."""
        self._starting: dict[int, int] = {}
        """When each start of a process began, by frame."""

    def look_at(self, known: Known) -> None:
        """Settle what is done when this code is called, if anything."""
        for table, act in (
            (WAITS, self._wait),
            (SIGNALS, self._signal),
            (CLEARS, self._clear),
            (LOCKS, self._lock),
            (STARTS, self._start),
        ):
            if known.key in table:
                known.kind, known.act = table[known.key], act
        if known.key in WAITS and known.key in SIGNALS:
            known.act = self._signal_and_wait
        if known.key == PAIRS:
            known.act = self._pair
        if known.key in NOTICES:
            known.act = self._notice
        if known.key == NAMES:
            known.act = self._name_process

    def _is_asked_for(self, caller: FrameType | None) -> bool:
        """Whether the program itself made a call: in its code, or as what a thread is to do."""
        if caller is not None and (caller.f_code.co_qualname == ON_BEHALF or _is_async_with(caller)):
            caller = caller.f_back
        return self.tracer.is_program(caller) or (caller is not None and caller.f_code.co_qualname in RUNS_TARGET)

    def _wait(self, frame: FrameType, known: Known) -> Any:
        what, by = known.kind
        if known.bytecode and known.goes_on(frame):
            return self._leave_wait if id(frame) in self._suspended else None
        if by != ANYBODY and not self._is_asked_for(frame.f_back):
            return None
        if what == "join" and frame.f_locals.get("self") is threading.current_thread():
            return None  # it will be refused
        lane = self.lanes.current()
        self.tracer.wake(frame.f_back)
        self.tracer.beat(lane)
        subject = None if lane.busy else self._subject(what, frame)
        self.waits.begin(lane, what, subject, frame.f_locals.get("self") if what == "condition" else None)
        frame.f_trace_lines = False
        return self._leave_wait

    @guarded
    def _leave_wait(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "return":
            known = self.tracer.known(frame)
            if known.is_suspended(frame):
                self._suspended.setdefault(id(frame), self.lanes.current())
                return self._leave_wait
            # A coroutine that is never gone on with is closed by whoever comes along.
            lane = self._suspended.pop(id(frame), None) or self.lanes.current()
            self.tracer.forget_beat()
            # Whatever was raised on the way, as each `await` does that comes back.
            self.waits.end(lane, self._result(frame, known, arg, raised=not returns(frame)))
        return self._leave_wait

    def _result(self, frame: FrameType, known: Known, arg: Any, raised: bool) -> Any:
        """Whether what was waited for came; None where nothing says so; `last` for the one that opened a barrier."""
        what: str = known.kind[0] if isinstance(known.kind, tuple) else ""
        subject: Any = frame.f_locals.get("self")
        if what == "barrier" and isinstance(arg, int):
            return "last" if arg == subject.parties - 1 else True
        if what in ("barrier", "queue", "pipe", "event", "condition", "semaphore") and raised:
            return False  # a signal or a cancellation, not what was waited for
        if what == "join" and isinstance(subject, threading.Thread):
            return not subject.is_alive()
        if what == "process" and hasattr(subject, "_popen"):
            return getattr(subject._popen, "returncode", None) is not None
        return arg if arg is None or isinstance(arg, bool) else True

    def _subject(self, what: str, frame: FrameType) -> Any:
        """What is waited for: the number of a lane for a thread, a process id for a process, else of a thing."""
        names = frame.f_locals
        subject = names.get("self")
        if what == "join":
            return self.lanes.of_thread(subject).number if isinstance(subject, threading.Thread) else None
        if what == "process":
            return getattr(subject, "pid", None)
        if what in ("event", "condition", "barrier", "semaphore", "queue", "pipe") and subject is not None:
            return self.things.number(subject, what)
        if what == "sleep":
            seconds = names.get("delay", names.get("seconds"))
            return float(seconds) if isinstance(seconds, int | float) else None
        return None

    def _signal(self, frame: FrameType, known: Known) -> None:
        if self._is_asked_for(frame.f_back):
            lane = self.lanes.current()
            number = self.things.number(frame.f_locals.get("self"), known.kind)
            self.put("signal", now(), lane.number, number)

    def _clear(self, frame: FrameType, known: Known) -> None:
        if self.tracer.is_program(frame.f_back):
            number = self.things.number(frame.f_locals["self"], known.kind)
            self.put("clear", now(), self.lanes.current().number, number)

    def _pair(self, frame: FrameType, known: Known) -> Any:
        frame.f_trace_lines = False
        return self._leave_pair

    @guarded
    def _leave_pair(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "return" and arg:
            self.put("pair", now(), 0, *map(shared_name, arg))
        return self._leave_pair

    def _signal_and_wait(self, frame: FrameType, known: Known) -> Any:
        """`put()` wakes who waits for an item, and may wait for room itself."""
        signalling = Known(known.code)
        known.kind, signalling.kind = WAITS[known.key], SIGNALS[known.key]
        self._signal(frame, signalling)
        return self._wait(frame, known)

    def _lock(self, frame: FrameType, known: Known) -> Any:
        if known.bytecode and known.goes_on(frame):
            return self._leave_lock if id(frame) in self._suspended else None
        caller = frame.f_back
        if _is_with(caller):
            caller = caller.f_back if caller else None
        if not self.tracer.is_program(caller):
            return None
        lane, number = self.lanes.current(), self.things.number_of_lock(self._owner(frame))
        if known.kind == "release":
            self.things.release(lane, number)
            return None
        self.waits.begin(lane, "lock", number)
        frame.f_trace_lines = False
        return self._leave_lock

    def _owner(self, frame: FrameType) -> Any:
        """The lock that is called, or the condition that has it and is known to the program."""
        caller, lock = frame.f_back, frame.f_locals["self"]
        owner = caller.f_locals.get("self") if caller is not None and _is_async_with(caller) else None
        return owner if getattr(owner, "_lock", None) is lock and hasattr(owner, "notify") else lock

    @guarded
    def _leave_lock(self, frame: FrameType, event: str, arg: Any) -> Any:
        self._leave_wait(frame, event, arg)
        if event == "return" and id(frame) not in self._suspended and arg:
            lane = self.lanes.current()
            lock = frame.f_locals["self"]
            self.things.acquire(lane, self.things.number_of_lock(lock), lock)
        return self._leave_lock

    def _start(self, frame: FrameType, known: Known) -> Any:
        if known.kind == "thread":
            thread = frame.f_locals["self"]
            lane, child = self.lanes.current(), self.lanes.of_thread(thread)
            self.put("start", now(), lane.number, child.number, self.tracer.is_program(frame.f_back))
            return None
        # The child may be at work before its parent comes back from here.
        self._starting[id(frame)] = now()
        frame.f_trace_lines = False
        return self._leave_start

    @guarded
    def _leave_start(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "return":
            lane, at = self.lanes.current(), self._starting.pop(id(frame), now())
            subject = frame.f_locals["self"]
            if self.tracer.known(frame).kind == "task":
                if arg is not None:
                    self.put("start", now(), lane.number, self.lanes.of_task(arg).number, False)
            elif pid := getattr(subject, "pid", None):
                name = getattr(subject, "name", "")
                self.put("started", at, lane.number, pid, name, self._is_asked_for(frame.f_back))
        return self._leave_start

    def _notice(self, frame: FrameType, known: Known) -> Any:
        if getattr(frame.f_locals["self"], "pid", None) in self._gone:
            return None
        frame.f_trace_lines = False
        return self._leave_notice

    @guarded
    def _leave_notice(self, frame: FrameType, event: str, arg: Any) -> Any:
        process = frame.f_locals["self"]
        if event == "return" and process.returncode is not None:
            self._gone.add(process.pid)
            self.put("gone", now(), 0, process.pid)
        return self._leave_notice

    def _name_process(self, frame: FrameType, known: Known) -> Any:
        process = frame.f_locals["self"]
        self.put("name", now(), 0, process.name, bool(process.daemon))
        return self.tracer.follow_outermost(frame)


def _is_async_with(frame: FrameType) -> bool:
    """Whether the frame is that of an `async with`, which calls `acquire` or `release` for the program."""
    return frame.f_code.co_name in ("__aenter__", "__aexit__")


def _is_with(frame: FrameType | None) -> bool:
    """Whether the frame is an asynchronous context manager's own, which calls `acquire` for the program."""
    return frame is not None and frame.f_code.co_name in ("__aenter__", "__aexit__", "__enter__", "__exit__")
