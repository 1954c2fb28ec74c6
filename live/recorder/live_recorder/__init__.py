"""Records what the threads, processes, greenlets and tasks of a program do, from inside, without the program noticing.

Runs in every Python process of a run, whatever its version, so it imports the standard library only, and little of
that. What it writes is read by `live.reading`.

Events are tuples of kind, time in nanoseconds on the system's monotonic clock, lane, and what the kind says more:

    process     pid, parent's pid, lane of the parent that forked or None, command line, rank under MPI,
                inode numbers of stdout and stderr
    lane        its kind, name, parent lane, whether it is a daemon
    name        the lane's name, now that it is known
    called      the program's function that a greenlet or task called first, and the name that the task has by then
    same        the lane that this one really is: gevent's threads are greenlets
    start       the lane that is started
    started     pid of the process that was started
    end         -
    gone        pid of a process that is known to be over
    file        number, path
    line        file number, line
    hot         file number, first and last line of what is no longer written down line by line
    thing       number, kind, name
    wait        what for (`sleep`, `lock`, `event`, `join`, …), thing number or lane or pid or rank or None
    go          whether what was waited for came; `last` for the one that opened a barrier; `interrupted` by a signal
    acquire     thing number, depth
    release     thing number, depth
    signal      thing number: `set()`, `notify()`, `put()`
    switch      the lane that goes on instead
    off, on     a task is suspended, goes on
    idle        until when the lane was blocked in a call that the recorder does not know
    sent        the rank under MPI that a message goes to
    pair        names of the two ends of a pipe
    clear       thing number
    write       file descriptor, bytes
    note        something that the recording lacks from here on
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .recorder import Recorder

FOLDER = "LIVE_JOURNALS"
"""Environment variable: the folder that journals go to."""
SOURCES = "LIVE_SOURCES"
"""Environment variable: the folder whose files are followed line by line."""
SIZE = "LIVE_JOURNAL_BYTES"
"""Environment variable: the most that a process may write."""

recorder: Recorder | None = None


def start() -> None:
    """Record this process, if the environment says where to."""
    global recorder
    if recorder is None and FOLDER in os.environ and _is_main_interpreter():
        from .recorder import Recorder

        recorder = Recorder(os.environ[FOLDER], os.environ[SOURCES], int(os.environ[SIZE]))
        recorder.start()


def _is_main_interpreter() -> bool:
    """Whether this is not a further interpreter, which would write over what the process's main one has written."""
    try:
        import _interpreters  # type: ignore[import-not-found]  # it is there from 3.13 on
    except ImportError:  # before 3.13 there is no good way to make one
        return True
    return bool(_interpreters.get_current()[0] == _interpreters.get_main()[0])
