"""Puts the parts together, and starts them anew in each forked child."""

from __future__ import annotations

import atexit
import os
import sys
from _thread import get_ident
from sys import settrace
from threading import settrace as settrace_of_threads
from time import monotonic_ns as now

from .extensions import patch_imported
from .journal import Journal
from .lanes import Lanes
from .patches import patch_builtins
from .things import Things
from .tracing import Tracer
from .waits import Waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .lanes import Lane


class Recorder:
    """Everything that records this process."""

    def __init__(self, folder: str, sources: str, size: int) -> None:
        self.folder, self.sources, self.size = folder, sources, size
        self._begin()

    def _begin(self) -> None:
        self.journal = Journal(self.folder, self.size)
        self.lanes = Lanes(self.journal)
        self.things = Things(self.journal, self.sources)
        self.waits = Waits(self.journal, self.things)
        self.tracer = Tracer(self)
        self._following: set[int] = set()
        self.forking: Lane | None = None

    def start(self) -> None:
        """Record from here on."""
        self._introduce(None)
        patch_builtins(self)
        os.register_at_fork(before=self._before_fork, after_in_parent=self._after_fork, after_in_child=self._in_child)
        # Registered first, so called last.
        atexit.register(self._end)
        settrace_of_threads(self.tracer.begin_thread)
        settrace(self.tracer.call)

    def begin_thread(self) -> None:
        """Follow the greenlets of the current thread, if there can be any."""
        module = sys.modules.get("greenlet")
        follow = getattr(module, "settrace", None)
        if follow and get_ident() not in self._following:
            self._following.add(get_ident())
            follow(self._switched)

    def _switched(self, event: str, greenlets: Any) -> None:
        """One greenlet of this thread stopped, and another goes on."""
        try:
            origin, target = map(self.lanes.of_greenlet, greenlets)
            self.lanes.switch_to(target)
            self.journal.put("end" if greenlets[0].dead else "switch", now(), origin.number, target.number)
            if sys.gettrace() is None:
                # Each greenlet has to be told anew that it is followed.
                settrace(self.tracer.call)
        except Exception as error:
            self.journal.put("note", now(), 0, f"recorder: {type(error).__name__}: {error}")

    def look_at_new_modules(self) -> bool:
        """Some modules can be patched only once they are imported. False: ask again soon."""
        return patch_imported(self)

    def _introduce(self, forked_by: Lane | None) -> None:
        parent = forked_by.number if forked_by else None
        argv = getattr(sys, "orig_argv", [])[:64]
        rank = os.environ.get("PMI_RANK", os.environ.get("OMPI_COMM_WORLD_RANK", ""))
        outputs = (_inode(1), _inode(2))
        self.journal.put("process", now(), 0, os.getpid(), os.getppid(), parent, argv, rank, outputs)

    def _before_fork(self) -> None:
        self.forking = self.lanes.current()

    def _after_fork(self) -> None:
        self.forking = None

    def _in_child(self) -> None:
        """The child has one thread, whatever its parent had, and writes to a journal of its own."""
        forked_by = self.forking
        try:
            tracing = sys.gettrace() is not None
            self.journal.put = lambda *_: None  # type: ignore[method-assign]  # it is the parent's
            self._begin()
            self._introduce(forked_by)
            patch_imported(self)
            if tracing:
                settrace_of_threads(self.tracer.begin_thread)
                settrace(self.tracer.call)
                self.tracer.adopt_frames(sys._getframe(1))
        except Exception:  # the child goes on unrecorded rather than not at all
            settrace(None)
            self.journal.put = lambda *_: None  # type: ignore[method-assign]

    def _end(self) -> None:
        self.journal.put("end", now(), self.lanes.current().number)


def _inode(descriptor: int) -> int:
    """What tells whether two processes write to the same place."""
    try:
        return os.fstat(descriptor).st_ino
    except OSError:
        return 0
