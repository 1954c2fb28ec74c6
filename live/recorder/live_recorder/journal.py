"""The file that a process writes its events to, in a way that survives however the process ends."""

from __future__ import annotations

import errno
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
NO_ROOM = 2
"""Likewise, where it was the disk that had none."""
NEVER_BEGUN = "-no-room"
"""How the name of a journal ends that the disk had no room for at all."""
STEP = 1 << 18
"""Bytes that are reserved at a time: most processes need no more, and there may be many."""
LARGEST = 1 << 16
"""Bytes; no event has as many."""
_FULL_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Journal:
    """Events of one process, as marshalled tuples one behind the other, in memory that is a file.

    Memory, because a write needs no system call: one would let the GIL go, and the program would run otherwise than
    without a recorder. A file, because it stays there when the process is killed. `mmap.write` appends in one step
    under the GIL, so threads and signal handlers need no lock here. What is written to has to be reserved on the disk
    before: where that is full, the system would kill the program for writing to memory.
    """

    def __init__(self, folder: str, size: int) -> None:
        self._path = f"{folder}/{now()}-{os.getpid()}"
        self._size, self._reserved = size, min(size, STEP)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.ftruncate(descriptor, size)
            _reserve(descriptor, 0, self._reserved)
            self._memory = mmap.mmap(descriptor, size)
        except OSError as error:
            if error.errno in _FULL_DISK:
                os.rename(self._path, self._path + NEVER_BEGUN)
            raise
        finally:
            os.close(descriptor)
        self._memory.write(b"\0")
        self.full = False

    def put(self, *event: Any) -> None:
        """Append an event: its kind, its time in nanoseconds, its lane, and what else it has to say."""
        try:
            if self._memory.tell() > self._reserved - LARGEST and self._reserved < self._size:
                self._reserve_more()
            self._memory.write(marshal.dumps(event, FORMAT))
        except ValueError:
            self._end(FULL)

    def _reserve_more(self) -> None:
        """Reserve the next step, or have nothing more written."""
        start = self._reserved
        self._reserved = min(self._size, start + STEP)
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
            try:
                _reserve(descriptor, start, self._reserved - start)
            finally:
                os.close(descriptor)
        except OSError as error:
            self._end(NO_ROOM if error.errno in _FULL_DISK else FULL)
            self._reserved = self._size
            self._memory.seek(self._size)

    def _end(self, why: int) -> None:
        if not self.full:
            self.full = True
            self._memory[0] = why


def _reserve(descriptor: int, start: int, size: int) -> None:
    """Have the disk keep room for those bytes of the file, where the system can do that."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, start, size)
