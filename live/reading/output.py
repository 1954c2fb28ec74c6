"""Finds out which lane printed which piece of the output."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from live.reading.merge import Write

Timed = tuple[int, bytes, int]
"""Nanoseconds since the start, bytes, and how many bytes are left out right before them."""


def with_lanes(output: Iterable[Timed], writes: list[Write], inode: int) -> list[tuple[int, bytes, int, int | None]]:
    """Split the output where another lane goes on, and add that lane's number; None where nobody said to have written.

    All processes write into one pipe, each in its own order. What came out of it tells how they were interleaved:
    at each place it goes on with the earliest write that fits.

    Args:
        output: What came out of the pipe.
        writes: What the lanes say to have written, in order.
        inode: The pipe. Writes to elsewhere do not count, but those of ranks do: `mpiexec` passes them on.
    """
    queues: dict[object, deque[Write]] = {}
    for write in writes:
        if write.data and (write.inode == inode or write.rank):
            queues.setdefault((write.rank, write.lane), deque()).append(write)
    found: list[tuple[int, bytes, int, int | None]] = []
    for segment in _segments(output):
        found += _attributed(segment, queues)
    return found


def _segments(output: Iterable[Timed]) -> list[list[Timed]]:
    """The output in stretches without anything left out inside."""
    segments: list[list[Timed]] = []
    for piece in output:
        if piece[2] or not segments:
            segments.append([])
        segments[-1].append(piece)
    return segments


def _attributed(segment: list[Timed], queues: dict[object, deque[Write]]) -> list[tuple[int, bytes, int, int | None]]:
    text = b"".join(data for _, data, _ in segment)
    arrivals = [at for at, data, _ in segment for _ in range(len(data))]
    dropped = segment[0][2]
    found: list[tuple[int, bytes, int, int | None]] = []
    position = 0
    while position < len(text):
        queue = _next(text, position, queues)
        if queue is None:
            end = min(
                (place for queue in queues.values() if (place := _place(text, position, queue)) > position),
                default=len(text),
            )
            found += _unattributed(text, position, end, arrivals)
            position = end
            continue
        write = queue.popleft()
        found.append((write.at, write.data, 0, write.lane))
        position += len(write.data)
    if found and dropped:
        found[0] = (found[0][0], found[0][1], dropped, found[0][3])
    return found


def _next(text: bytes, position: int, queues: dict[object, deque[Write]]) -> deque[Write] | None:
    """The queue whose first write goes on with the text; of several, the one that wrote first."""
    fitting = [queue for queue in queues.values() if queue and text.startswith(queue[0].data, position)]
    return min(fitting, key=lambda queue: queue[0].at, default=None)


def _place(text: bytes, position: int, queue: deque[Write]) -> int:
    """Where the next write that is more than a line end fits again; -1 if nowhere. Drops what cannot be placed."""
    while queue:
        if queue[0].data.strip() and (place := text.find(queue[0].data, position)) >= 0:
            return place
        queue.popleft()
    return -1


def _unattributed(text: bytes, start: int, end: int, arrivals: list[int]) -> list[tuple[int, bytes, int, int | None]]:
    """The stretch as it arrived."""
    found: list[tuple[int, bytes, int, int | None]] = []
    while start < end:
        stop = start
        while stop < end and arrivals[stop] == arrivals[start]:
            stop += 1
        found.append((arrivals[start], text[start:stop], 0, None))
        start = stop
    return found
