"""Reads all that the recorder left of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from live.reading.journals import read_journals
from live.reading.merge import merge
from live.reading.output import Timed, with_lanes
from live.reading.worth_seeing import leave_out_the_rest
from live.recording import Event, Lane, Thing
from live.text import decoded

Named = TypeVar("Named", Lane, Thing)


@dataclass(frozen=True)
class Inside:
    """What the recorder saw of a run, in the words of a recording."""

    lanes: tuple[Lane, ...]
    things: tuple[Thing, ...]
    files: tuple[str, ...]
    events: tuple[Event, ...]
    gaps: tuple[str, ...]
    output: tuple[tuple[int, bytes, int, int | None], ...]
    """Nanoseconds since the start, bytes, bytes left out before them, lane."""


def read_inside(journals: Path, root: Path, *, start: int, output: Iterable[Timed], inode: int) -> Inside:
    """Read the journals in the folder, and say who printed what of the output.

    Args:
        journals: Where the processes of the run wrote theirs.
        root: The project root.
        start: When the program was started, in nanoseconds on the monotonic clock.
        output: What it printed, as the supervisor saw it.
        inode: The pipe that it printed into.
    """
    merged = merge(read_journals(journals), start=start, root=str(root))
    leave_out_the_rest(merged)
    pieces: list[tuple[int, bytes, int, int | None]] = []
    for said, data, dropped, lane in with_lanes(output, merged.writes, inode):
        # A lane says that it writes right before it does; another one may be first after all.
        at = max(said, pieces[-1][0] if pieces else 0)
        last = pieces[-1] if pieces else None
        if last and last[3] == lane and not dropped and not last[1].endswith(b"\n"):
            pieces[-1] = (last[0], last[1] + data, last[2], lane)
        else:
            pieces.append((at, data, dropped, lane))
    return Inside(
        tuple(map(_writable, merged.lanes)),
        tuple(map(_writable, merged.things)),
        tuple(merged.files),
        tuple(merged.events),
        tuple(sorted(merged.gaps)),
        tuple(pieces),
    )


def _writable(named: Named) -> Named:
    """The same, under a name that a file can hold: Python calls a thread whatever it is told to."""
    name = decoded(named.name)
    return named if name == named.name else replace(named, name=name)
