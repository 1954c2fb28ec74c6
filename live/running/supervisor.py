"""Runs one program after the other, each in a session of its own, reads what it prints, and kills whatever it leaves.

Started by `live.running.run` without the site module, so it may import the standard library only. It gets jobs on
standard input and answers on standard output, both as marshalled dictionaries behind their length: the two ends are
the same interpreter. When standard input closes, however the builder ended, everything is killed.
"""

from __future__ import annotations

import marshal
import os
import select
import signal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing and collections.abc cost time that each run would pay
    from collections.abc import Callable
    from typing import Any

from live.running.become import become
from live.running.bounded import Output
from live.running.processes import adopt_orphans, alive, children, command_line, descendants, how_many

GRACE = 2.0
"""Seconds that helper processes get to end by themselves once the main program has."""
TRACE_TIME = 10.0
"""Seconds after which a hanging program is no longer waited for to say where its threads stand. It does so at once,
unless the machine is very busy or the program will not be ended."""
KILL_TIME = 10.0
"""Seconds after which killing is given up: only a process stuck in the kernel lasts so long."""
LOOK = 0.2
"""Seconds after which the processes are counted again: a fork bomb makes hundreds more in that time."""
CHUNK = 1 << 16


class Supervision:
    """One program from its start until no process of it is left."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.output = Output(job["limit"], job["tail"])
        self.traces = bytearray()
        self.exit_code: int | None = None
        self.ended: int | None = None
        self.abandoned = False
        self.crowded = False
        self.leftovers: list[str] = []
        self.pipe: int | None = None
        self.children = True

    def run(self) -> dict[str, Any]:
        """Run the program, and tell how it went."""
        self._start()
        try:
            self._supervise()
        finally:
            signal.set_wakeup_fd(-1)
            for end in (self.woken, self.wake, self.pipe):
                if end is not None:
                    os.close(end)
        return self._result()

    def _supervise(self) -> None:
        self._until(lambda: self.ended is not None, self.job["timeout"], self._print)
        if self.abandoned or self.crowded:
            self._kill()
        elif self.ended is None:
            self._stop_at_time_limit()
        else:
            self._until(self._nobody_is_left, GRACE, self._print)
            if self.children or not self.adopting:  # reading the process table costs more than most programs
                self.leftovers = [] if self.crowded else self._leftovers()
                self._kill()
        self._read(self._print, chunks=1024)

    def _start(self) -> None:
        self.adopting = adopt_orphans()
        self.woken, self.wake = os.pipe()
        for end in (self.woken, self.wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self.wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.pipe, write = os.pipe()
        self.inode = os.fstat(write).st_ino
        os.set_blocking(self.pipe, False)
        self.fewest, self.looked = how_many(), time.monotonic()
        self.start = time.monotonic_ns()
        self.main = os.fork()
        if self.main == 0:
            become(self.job, write)
        os.close(write)

    def _nobody_is_left(self) -> bool:
        # Without orphans coming to us, an open pipe is the only sign that somebody is left.
        return not self.children and (self.adopting or self.pipe is None)

    def _leftovers(self) -> list[str]:
        """What the processes that are left were started as. Those that come and go are in no table: look closer."""
        pids, looks = self._left(), 100
        while not (found := [line for line in map(command_line, pids) if line]) and self.children and looks:
            pids, looks = children(self.main), looks - 1
            self._reap()
        return found

    def _is_crowded(self) -> bool:
        """Whether the program has more processes than it may. Those of all are counted first: it is far less work."""
        if self.fewest and not self.crowded and time.monotonic() > self.looked + LOOK:
            self.looked = time.monotonic()
            count = how_many()
            self.fewest = min(self.fewest, count)
            most = self.job["processes"]
            self.crowded = count - self.fewest > most and len(self._left()) > most
        return self.crowded

    def _print(self, data: bytes) -> None:
        self.output.add(time.monotonic_ns() - self.start, data)

    def _trace(self, data: bytes) -> None:
        # What the program printed before comes first; the stacks are at the end.
        self.traces.extend(data)
        del self.traces[:-CHUNK]

    def _until(self, done: Callable[[], bool], seconds: float, sink: Callable[[bytes], None]) -> None:
        """Read into `sink` until `done()`, or the time is over, or the builder is gone, or there are too many."""
        deadline = time.monotonic() + seconds
        while not done() and not self.abandoned and not self._is_crowded():
            left = deadline - time.monotonic()
            if left <= 0:
                return
            if self.fewest:
                left = min(left, LOOK)
            watched = [0, self.woken] + ([] if self.pipe is None else [self.pipe])
            ready = select.select(watched, [], [], left)[0]
            if self.pipe in ready:
                self._read(sink, chunks=16)
            if self.woken in ready:
                os.read(self.woken, CHUNK)
            if 0 in ready and not os.read(0, 1):
                self.abandoned = True
            self._reap()

    def _read(self, sink: Callable[[bytes], None], chunks: int) -> None:
        while self.pipe is not None and chunks:
            chunks -= 1
            try:
                data = os.read(self.pipe, CHUNK)
            except BlockingIOError:
                return
            if data:
                sink(data)
            else:
                os.close(self.pipe)
                self.pipe = None

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                self.children = False
                return
            if pid == 0:
                return
            if pid == self.main:
                self.ended = time.monotonic_ns()
                self.exit_code = os.waitstatus_to_exitcode(status)

    def _stop_at_time_limit(self) -> None:
        """Let every Python process say where its threads stand, one after the other, then kill all."""
        ended = time.monotonic_ns()
        self._read(self._print, chunks=64)
        deadline = time.monotonic() + TRACE_TIME
        for pid in self._left():
            # PYTHONFAULTHANDLER is set: SIGABRT makes it write the stack of each thread to stderr, then die.
            send(pid, signal.SIGABRT)
            self._until(lambda pid=pid: not alive(pid), deadline - time.monotonic(), self._trace)  # type: ignore[misc]
        self._read(self._trace, chunks=64)
        self._kill()
        self.exit_code, self.ended = None, ended

    def _left(self) -> list[int]:
        return descendants(os.getpid(), self.main)

    def _kill(self) -> None:
        deadline = time.monotonic() + KILL_TIME
        before: list[int] = []
        while time.monotonic() < deadline:
            send(-self.main, signal.SIGKILL)
            # The children of whoever is killed come here, so that in the end all are found here: far sooner than in
            # the table of all processes, and what forks and ends without end is caught while it forks.
            pids = children(self.main) if self.adopting else self._left()
            for pid in pids:
                send(pid, signal.SIGKILL)
            self._reap()
            if not (self.children if self.adopting else pids):
                return
            if pids == before:
                time.sleep(0.002)
            before = pids

    def _result(self) -> dict[str, Any]:
        return {
            "exit_code": -signal.SIGKILL if self.crowded else self.exit_code,
            "crowded": self.crowded,
            "duration": self.ended - self.start if self.ended else 0,
            "pieces": self.output.pieces(),
            "traces": bytes(self.traces),
            "leftovers": self.leftovers,
            "start": self.start,
            "inode": self.inode,
        }


def send(pid: int, number: int) -> None:
    """Send a signal to a process, or to the group -pid, if it is still there."""
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def read_exactly(count: int) -> bytes:
    """That many bytes of standard input; ends this process where there are no more."""
    data = b""
    while len(data) < count:
        more = os.read(0, count - len(data))
        if not more:
            sys.exit(0)
        data += more
    return data


def main() -> None:
    """Do the jobs that come on standard input until it closes."""
    places: list[str] = []
    try:
        while True:
            job = marshal.loads(read_exactly(int.from_bytes(read_exactly(8), "big")))
            places = job["places"]
            supervision = Supervision(job)
            result = marshal.dumps(supervision.run())
            if supervision.abandoned:
                return
            with open(1, "wb", closefd=False) as answer:
                answer.write(len(result).to_bytes(8, "big") + result)
    finally:
        remove(places)


def remove(places: list[str]) -> None:
    """Remove what the last program could write to, if a builder that was killed has not done so."""
    if any(map(os.path.exists, places)):
        from shutil import rmtree

        for place in places:
            rmtree(place, ignore_errors=True)
