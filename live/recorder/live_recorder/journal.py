"""The file that a process writes its events to, in a way that survives however the process ends."""

from __future__ import annotations

import marshal
import mmap
import os
from time import monotonic_ns as now

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMAT = 2
"""Version of marshal's format: one that all interpreters read."""
FULL = 1
"""What the first byte of a journal is once there was no room for more."""


class Journal:
    """Events of one process, as marshalled tuples one behind the other, in memory that is a file.

    Memory, because a write needs no system call: one would let the GIL go, and the program would run otherwise than
    without a recorder. A file, because it stays there when the process is killed. `mmap.write` appends in one step
    under the GIL, so threads and signal handlers need no lock here.
    """

    def __init__(self, folder: str, size: int) -> None:
        path = f"{folder}/{now()}-{os.getpid()}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.ftruncate(descriptor, size)
            self._memory = mmap.mmap(descriptor, size)
        finally:
            os.close(descriptor)
        self._memory.write(b"\0")
        self.full = False

    def put(self, *event: Any) -> None:
        """Append an event: its kind, its time in nanoseconds, its lane, and what else it has to say."""
        try:
            self._memory.write(marshal.dumps(event, FORMAT))
        except ValueError:
            self.full = True
            self._memory[0] = FULL
