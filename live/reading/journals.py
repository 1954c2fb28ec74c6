"""The journals of a run: one file for each process, of which any may have been cut off anywhere."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT = 2
"""Version of marshal's format, as `live_recorder.journal` has it."""
FULL = 1
"""First byte of a journal that ran out of room, as `live_recorder.journal` has it."""
NO_ROOM = 2
"""First byte of a journal that the disk had no more room for, as `live_recorder.journal` has it."""
NEVER_BEGUN = "-no-room"
"""End of the name of a journal that the disk had no room for at all, as `live_recorder.journal` has it."""

CHUNK = 1 << 16
"""Bytes that are read at once; no event has as many."""

Raw = tuple[Any, ...]
"""An event as it was written: kind, nanoseconds on the system's monotonic clock, lane in its process, and more."""


@dataclass(frozen=True)
class Journal:
    """What one process wrote."""

    pid: int
    parent_pid: int
    parent_lane: int | None
    """The lane of the parent that forked it; None for a process that was started anew."""
    command: tuple[str, ...]
    rank: str
    """Its rank under MPI, if any."""
    outputs: tuple[int, int]
    """Inode numbers of its standard output and standard error when it began."""
    began: int
    events: tuple[Raw, ...]
    full: bool


def read_journals(folder: Path) -> list[Journal]:
    """All journals in the folder that have at least their first event, in the order the processes began.

    A process that became another program (`exec`) wrote two; the later one counts.
    """
    found: dict[int, Journal] = {}
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        data = _written(file)
        events = list(_events(data))
        if not events or events[0][0] != "process":
            continue
        _, began, _, pid, parent_pid, parent_lane, command, rank, outputs = events[0]
        journal = Journal(
            pid, parent_pid, parent_lane, tuple(command), rank, outputs, began, tuple(events[1:]), data[0] == FULL
        )
        if pid not in found or found[pid].began <= began:
            found[pid] = journal
    return sorted(found.values(), key=lambda journal: journal.began)


def lack_room(folder: Path) -> bool:
    """Whether one of the journals in the folder is not whole because the disk was full."""
    for file in folder.iterdir() if folder.is_dir() else ():
        with file.open("rb") as opened:
            if file.name.endswith(NEVER_BEGUN) or opened.read(1) == bytes([NO_ROOM]):
                return True
    return False


def _written(file: Path) -> bytes:
    """The file up to where nothing was written: most processes fill little of what they may."""
    chunks = []
    with file.open("rb", buffering=0) as opened:
        while (chunk := opened.read(CHUNK)) and chunk.count(0) < len(chunk):
            chunks.append(chunk)
    return b"".join(chunks)


def _events(data: bytes) -> Iterator[Raw]:
    """Events until the first that is not whole."""
    rest = memoryview(data)[1:]
    while True:
        try:
            event = marshal.loads(rest)
        except (EOFError, ValueError, TypeError):
            return
        if not isinstance(event, tuple) or len(event) < 3:
            return
        yield event
        # `load` would tell how far it read, but takes several times as long.
        rest = rest[len(marshal.dumps(event, FORMAT)) :]
