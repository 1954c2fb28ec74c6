"""What a program printed, in timed pieces and never more than so many bytes. Standard library only."""

from __future__ import annotations

from collections import deque

MERGE = 1_000_000
"""Output that follows within this many nanoseconds joins the piece before it."""


class Output:
    """Timed pieces of output, bounded: the beginning and the end are kept, the middle is counted."""

    def __init__(self, limit: int, tail: int) -> None:
        self.head: list[tuple[int, bytearray]] = []
        self.room = limit - tail
        self.tail: deque[tuple[int, bytearray]] = deque()
        self.tail_room = tail
        self.dropped = 0

    def add(self, at: int, data: bytes) -> None:
        """Take in what was printed `at` nanoseconds after the start."""
        if self.room > 0:
            if self.head and at - self.head[-1][0] < MERGE:
                self.head[-1][1].extend(data[: self.room])
            else:
                self.head.append((at, bytearray(data[: self.room])))
            data, self.room = data[self.room :], self.room - len(data)
        if data:
            self.tail.append((at, bytearray(data)))
            self.tail_room -= len(data)
            self._shorten_tail()

    def _shorten_tail(self) -> None:
        while self.tail_room < 0:
            data = self.tail[0][1]
            gone = min(len(data), -self.tail_room)
            del data[:gone]
            self.dropped += gone
            self.tail_room += gone
            if not data:
                self.tail.popleft()

    def pieces(self) -> list[tuple[int, bytes, int]]:
        """Tuples of nanoseconds, bytes, and how many bytes are left out right before them."""
        kept = [(at, bytes(data), 0) for at, data in self.head]
        end = [(at, bytes(data), 0) for at, data in self.tail]
        if end and self.dropped:
            end[0] = (end[0][0], end[0][1], self.dropped)
        return kept + end
