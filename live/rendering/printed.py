"""What a program printed, line by line, with the lane that printed it and the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from live.recording import Piece, Recording
from live.rendering.output import MARK, Stretch, stretches

MOST_LINES = 3_000
"""With more lines, nobody looks for who printed which, and the page would be many times larger."""
_CUTS = re.compile(f"([\n{MARK}])")


@dataclass(frozen=True)
class Part:
    """Text of one style that one piece of output brought to one line."""

    stretch: Stretch
    at: int
    """Nanoseconds since the program was started."""
    lane: int | None


@dataclass(frozen=True)
class Line:
    """One printed line, or the place where output was left out."""

    parts: tuple[Part, ...]
    """Never empty: a line without text has a part without text."""

    @property
    def at(self) -> int:
        """When its first part was printed, in nanoseconds since the program was started."""
        return self.parts[0].at

    @property
    def lane(self) -> int | None:
        """The lane that printed its first part."""
        return self.parts[0].lane

    @property
    def left_out(self) -> int:
        """Bytes left out here, if that is what the line stands for."""
        return self.parts[0].stretch.left_out


def lines(recording: Recording) -> list[Line]:
    """All lines, in order. Put together with line ends between them, they are what `stretches` gives.

    An empty list where there are more than `MOST_LINES`.
    """
    pieces = [piece for piece in recording.output if piece.text]
    return list(_Lines(recording, pieces).cut()) if pieces and not has_too_many_lines(recording) else []


def has_too_many_lines(recording: Recording) -> bool:
    """Whether the output is shown as it is, without who printed which line."""
    return sum(piece.text.count("\n") for piece in recording.output) > MOST_LINES


@dataclass
class _Lines:
    recording: Recording
    pieces: list[Piece]
    piece: int = -1
    parts: list[Part] = field(default_factory=list)

    def cut(self) -> Iterator[Line]:
        for stretch in stretches(self.recording, marked=True):
            if stretch.left_out:
                yield from self._left_out(stretch)
                continue
            for text in _CUTS.split(stretch.text):
                if text == MARK:
                    self.piece += 1
                elif text == "\n":
                    yield self._line()
                elif text:
                    self.parts.append(self._part(replace(stretch, text=text)))
        if self.parts or self.recording.text.endswith("\n\n"):
            yield self._line()

    def _left_out(self, stretch: Stretch) -> Iterator[Line]:
        if self.parts:
            yield self._line()
        following = self.pieces[min(self.piece + 1, len(self.pieces) - 1)]
        yield Line((Part(stretch, following.at, None),))

    def _line(self) -> Line:
        line = Line(tuple(self.parts) or (self._part(Stretch("")),))
        self.parts = []
        return line

    def _part(self, stretch: Stretch) -> Part:
        piece = self.pieces[max(self.piece, 0)]
        return Part(stretch, piece.at, piece.lane)
