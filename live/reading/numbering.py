"""Numbers what the processes of a run have numbered each for itself: lanes, things and files."""

from __future__ import annotations

import os.path
from collections import Counter
from dataclasses import replace
from typing import Any

from live.reading.journals import Journal
from live.recording import Lane, Thing


class Numbering:
    """One numbering for all processes. What a process calls by a number, it calls its `local` one."""

    def __init__(self, root: str) -> None:
        self.lanes: list[Lane] = []
        self.things: list[Thing] = []
        self.files: list[str] = []
        """Paths as seen from the root."""
        self.processes: dict[int, int] = {}
        """By process id, the lane of its main thread."""
        self.ranks: dict[str, int] = {}
        """By MPI rank, the same."""
        self._root = root
        self._lanes: dict[tuple[int, int], int] = {}
        self._things: dict[tuple[int, int], int] = {}
        self._files: dict[tuple[int, int], int] = {}
        self._shared: dict[str, int] = {}
        self._pairs: dict[str, str] = {}
        """Name of one end of a pipe → name of the other."""

    def lane(self, journal: Journal, local: int) -> int | None:
        """The number of a lane, if it has one."""
        return self._lanes.get((journal.pid, local))

    def thing(self, journal: Journal, local: int | None) -> int | None:
        """The number of a thing, if it has one."""
        return None if local is None else self._things.get((journal.pid, local))

    def file(self, journal: Journal, local: int) -> int | None:
        """The number of a file, if it has one."""
        return self._files.get((journal.pid, local))

    def add_process(self, journal: Journal, name: str, began: int) -> None:
        """Give a process's main thread a lane."""
        number = len(self.lanes)
        parent = self.processes.get(journal.parent_pid)
        if journal.rank:
            self.ranks[journal.rank] = number
        self.processes[journal.pid] = self._lanes[journal.pid, 0] = number
        self.lanes.append(Lane(number, name, "process", parent, number, journal.pid, began, None))

    def add_lane(self, journal: Journal, local: int, **values: Any) -> None:
        """Give another lane of a process a number."""
        number = self._lanes[journal.pid, local] = len(self.lanes)
        process = self.processes[journal.pid]
        self.lanes.append(Lane(number=number, process=process, pid=journal.pid, end=None, **values))

    def take_for_same(self, journal: Journal, local: int, lane: int) -> None:
        """What a process calls by that number is the lane that already has a number here."""
        self._lanes[journal.pid, local] = lane

    def change(self, lane: int | None, **values: Any) -> None:
        """Say something else of a lane."""
        if lane is not None:
            self.lanes[lane] = replace(self.lanes[lane], **values)

    def settle_parent(self, journal: Journal) -> None:
        """Which lane of its parent forked a process, now that all lanes are known."""
        if maker := self._lanes.get((journal.parent_pid, journal.parent_lane or 0)):
            self.change(self.processes[journal.pid], parent=maker)

    def tell_apart(self) -> None:
        """Number the greenlets that are called after what they do, where several do the same."""
        greenlets = [lane for lane in self.lanes if lane.kind == "greenlet"]
        for name, count in Counter(lane.name for lane in greenlets).items():
            if count > 1:
                for number, lane in enumerate((lane for lane in greenlets if lane.name == name), start=1):
                    self.change(lane.number, name=f"{name}-{number}")

    def add_thing(self, journal: Journal, local: int, thing: Thing, shared: str) -> None:
        """Number a thing; under a name that several processes share, it is the same in all of them."""
        shared = self._pairs.get(shared, shared)
        if shared not in self._shared:
            self.things.append(thing)
        place = self._things[journal.pid, local] = self._shared.get(shared, len(self.things) - 1)
        if shared:
            self._shared[shared] = place

    def add_pair(self, mine: str, other: str) -> None:
        """Two shared names are those of the ends of one pipe."""
        self._pairs[other] = mine

    def add_file(self, journal: Journal, local: int, path: str) -> None:
        """Number a file; it is the same in all processes."""
        path = os.path.relpath(path, self._root).replace(os.sep, "/")
        if path not in self.files:
            self.files.append(path)
        self._files[journal.pid, local] = self.files.index(path)
