"""Follows the program line by line in its own files."""

from __future__ import annotations

import sys
import threading
from _thread import get_ident
from sys import settrace
from time import monotonic_ns as now

from .beat import Beat
from .code import Known
from .guarding import guarded
from .library import Library
from .stacks import leave_out_own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from .lanes import Lane
    from .recorder import Recorder

FULLY = 60
"""How often a lane's visits to one line are written down; from then on the line is hot."""
QUIET = 2000
"""After so many visits to hot lines a frame is no longer followed, until it calls something from another line."""


class Tracer:
    """The trace functions of one process. They must not raise, and nothing in them lets the GIL go."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.lanes, self.things, self.put = recorder.lanes, recorder.things, recorder.journal.put
        self.waits = recorder.waits
        self._seen: dict[int, Known] = {}
        self._files: dict[str, int] = {}
        self._outermost: set[int] = set()
        self._beats: dict[int, Beat] = {}
        """By thread: when something happened last."""
        self._modules = 0
        self._library = Library(self)
        self._line_function = self.in_program  # one bound method, instead of a new one for each event

    # What sys.settrace and threading.settrace get.

    def begin_thread(self, frame: FrameType, event: str, arg: Any) -> Any:
        """The first call in a new thread."""
        try:
            settrace(self.call)
            lane = self.lanes.begin_thread()
            thread = threading.current_thread()
            if self.lanes.of_thread(thread) is not lane:  # gevent's threads are greenlets
                lane.nameless = False
                self.put("same", now(), self.lanes.of_thread(thread).number, lane.number)
                self.put("name", now(), lane.number, thread.name, thread.daemon)
            self.put("begin", now(), lane.number)
            self.recorder.begin_thread()
            end = self.follow_outermost(frame)
            return self.call(frame, event, arg) or end
        except RecursionError:
            return None  # the program is about to get one of its own; there is no room to say so
        except Exception as error:
            return self.trouble(error)

    def call(self, frame: FrameType, event: str, arg: Any) -> Any:
        """A call of any Python function."""
        try:
            known = self._seen.get(id(frame.f_code)) or self._look_at(frame)
            return known.act(frame, known) if known.act else None
        except RecursionError:
            return None  # the program is about to get one of its own; there is no room to say so
        except Exception as error:
            return self.trouble(error)

    def in_program(self, frame: FrameType, event: str, arg: Any) -> Any:
        """An event in the program's own code."""
        try:
            if event == "line":
                self._line(frame)
            elif event == "exception":
                leave_out_own(arg[2])
            elif event == "return":
                self._return(frame)
        except RecursionError:
            return None  # the program is about to get one of its own; there is no room to say so
        except Exception as error:
            return self.trouble(error)
        return self._line_function

    @guarded
    def in_outermost(self, frame: FrameType, event: str, arg: Any) -> Any:
        """An event in the first function of a thread, where that is not the program's."""
        if event == "return":
            self._end_if_outermost(frame)
        return self.in_outermost

    def follow_outermost(self, frame: FrameType) -> Any:
        """The end of this frame is the end of its lane."""
        self._outermost.add(id(frame))
        return self.in_outermost

    # Looking at code for the first time.

    def known(self, frame: FrameType) -> Known:
        """What is known of the code that the frame executes, which was seen called."""
        return self._seen[id(frame.f_code)]

    def is_program(self, frame: FrameType | None) -> bool:
        """Whether the frame executes the program's own code."""
        if frame is None:
            return False
        known = self._seen.get(id(frame.f_code))
        return bool(known.file) if known else frame.f_code.co_filename.startswith(self.recorder.sources)

    def _look_at(self, frame: FrameType) -> Known:
        code = frame.f_code
        known = self._seen[id(code)] = Known(code)
        if code.co_filename.startswith(self.recorder.sources):
            known.file, known.act = self._file(code.co_filename), self._program
        else:
            known.key = (frame.f_globals.get("__name__", ""), code.co_qualname)
            self._library.look_at(known)
        self._look_at_modules()
        return known

    def _look_at_modules(self) -> None:
        if len(sys.modules) != self._modules:
            self._modules = len(sys.modules) if self.recorder.look_at_new_modules() else -1

    def _file(self, path: str) -> int:
        if path not in self._files:
            self._files[path] = len(self._files) + 1
            self.put("file", now(), 0, self._files[path], path)
        return self._files[path]

    # The program's own code.

    def _program(self, frame: FrameType, known: Known) -> Any:
        caller = frame.f_back
        if caller is not None and not caller.f_trace_lines and caller.f_trace is self._line_function:
            self.wake(caller)
        lane = self.lanes.current()
        if lane.nameless:
            lane.nameless = False
            self.put("called", now(), lane.number, known.code.co_name, self.lanes.task_name())
        if known.bytecode and known.goes_on(frame):
            if known.is_coroutine:
                self.put("on", now(), lane.number)
            return None if lane.number in known.quiet else self._line_function
        self.waits.forget(frame)
        if lane.number in known.quiet:
            return None
        # A generator may be left in the middle and never be gone on with: no end of an interruption.
        if lane.busy and (not known.bytecode or known.is_coroutine):
            self.forget_beat()
            self.waits.interrupt(frame, lane)
        return self._line_function

    def wake(self, frame: FrameType | None) -> None:
        """Follow a quiet frame again if it has left the hot lines."""
        if frame is None or frame.f_trace_lines or frame.f_trace is not self._line_function:
            return
        known = self._seen[id(frame.f_code)]
        if known.counts.get((self.lanes.current().number, frame.f_lineno), 0) < FULLY:
            known.skipped = 0
            frame.f_trace_lines = True
            self._line(frame)

    def adopt_frames(self, frame: FrameType | None) -> None:
        """In a forked child: follow what its parent was in the middle of."""
        while frame is not None:
            if frame.f_code.co_filename.startswith(self.recorder.sources):
                self._look_at(frame)
                frame.f_trace = self._line_function
            frame = frame.f_back

    def beat(self, lane: Lane) -> None:
        """Called at whatever happens in a thread: tells blocking calls that have no name here from computing."""
        here, beat = get_ident(), Beat(lane.number)
        before = self._beats.get(here)
        self._beats[here] = beat
        if before and not lane.busy and beat.was_blocked_since(before):
            self.put("idle", before.at, lane.number, beat.at)

    def forget_beat(self) -> None:
        """The current thread comes out of a wait that was written down: this time is accounted for."""
        self._beats.pop(get_ident(), None)

    def _line(self, frame: FrameType) -> None:
        self._look_at_modules()
        known = self._seen[id(frame.f_code)]
        current, line = self.lanes.current(), frame.f_lineno
        lane = current.number
        visit = (lane, line)
        count = known.counts[visit] = known.counts.get(visit, 0) + 1
        if count <= FULLY:
            known.skipped = 0
            self.put("line", now(), lane, known.file, line)
            self.beat(current)
            return
        if count == FULLY + 1:
            self.put("hot", now(), lane, known.file, line)
        known.skipped += 1
        if known.skipped > QUIET:
            frame.f_trace_lines = False
            # A function that is called so often is not even entered any more; a main program ends up here only once.
            known.quiet.add(lane)

    def _return(self, frame: FrameType) -> None:
        known = self._seen[id(frame.f_code)]
        if not known.quiet:
            self.beat(self.lanes.current())
        if known.bytecode and known.is_coroutine and _is_step(frame.f_back):
            kind = "off" if known.is_suspended(frame) else "end"
            self.put(kind, now(), self.lanes.current().number)
        if not known.is_suspended(frame):
            self.waits.resume(frame)
        self._end_if_outermost(frame)

    def _end_if_outermost(self, frame: FrameType) -> None:
        if id(frame) in self._outermost:
            self._outermost.discard(id(frame))
            lane = self.lanes.current()
            self.put("end", now(), lane.number)
            if lane is not self.lanes.main:  # which goes on to clean up
                self.lanes.end_thread()

    def trouble(self, error: Exception) -> None:
        """Whatever is wrong here must not become the program's trouble."""
        self.put("note", now(), 0, f"recorder: {type(error).__name__}: {error}")


def _is_step(frame: FrameType | None) -> bool:
    """Whether the frame is where asyncio's event loop goes on with a task."""
    return frame is None or frame.f_globals.get("__name__") in (
        "asyncio.events",
        "asyncio.base_events",
        "asyncio.tasks",
    )
