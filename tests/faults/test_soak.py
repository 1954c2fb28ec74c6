"""A server that is edited for hours: each edit is shown, each program runs once, and nothing accumulates.

`make soak` does 500 edits. `make faults` does a few, and leaves out the bound on memory: how much a process has taken
after its first builds depends on when garbage was collected, and on that more than on what 60 edits could leave behind.
"""

from __future__ import annotations

import os
import time
import urllib.error
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom
from statistics import median

import pytest

from tests.faults.edits import Book
from tests.faults.footprint import PROC, Footprint, resident
from tests.faults.shown import Seen
from tests.project import wait_for
from tests.site.test_serving import Server, serving

EDITS = int(os.environ.get("LIVE_SOAK_EDITS") or 60)
SEED = int(os.environ.get("LIVE_SOAK_SEED") or SystemRandom().randrange(1 << 32))
AT_ONCE = 3
"""How many edits are saved one right after the other, at most: one by one they would take twice the time there is."""
SETTLED = 50
"""Edits after which a server has all that it needs."""
GROWTH = 1.10


@dataclass
class Soak:
    """A server, what it has to show, and what was seen of it."""

    book: Book
    server: Server
    temporary: Path
    """Its folder for temporary files, which nobody else uses."""
    edits: list[str] = field(default_factory=list)
    footprints: list[tuple[int, Footprint]] = field(default_factory=list)
    """Each with the number of edits before."""
    memory: list[tuple[int, int]] = field(default_factory=list)
    """KiB, each with the number of edits before."""

    def edit(self, times: int) -> None:
        """Edit, and wait until all of that is seen."""
        built = self.count("Reloading browsers")
        self.edits += [self.book.edit() for _ in range(times)]
        self.server.wait_for(lambda: self.count("Reloading browsers") > built)
        self.see(self.book.look_at())
        self.footprints.append((len(self.edits), self.footprint()))
        self.memory.append((len(self.edits), resident(self.server.process.pid)))

    def see(self, addresses: set[str]) -> None:
        """Wait until there is at each address what has to be seen there."""
        for address in sorted(addresses):
            expected = self.book.expected(address)
            try:
                self.server.wait_for(lambda at=address, expected=expected: self.seen(at) == expected)
            except AssertionError as error:
                edits = self.edits[-AT_ONCE:]
                raise AssertionError(f"/{address}: {expected} expected, {self.seen(address)} seen, {edits}") from error

    def seen(self, address: str) -> Seen | None:
        """What the server shows there, None if nothing; it answers only while it does not build."""
        try:
            return Seen.on(self.server.get(address))
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def count(self, line: str) -> int:
        """How often the server wrote that."""
        return self.server.log.read_text(encoding="utf-8").count(line)

    def tell(self, seconds: float) -> None:
        """Print where it stands."""
        kinds = Counter(edit.partition(":")[0] for edit in self.edits)
        edited = ", ".join(f"{number} × {kind}" for kind, number in kinds.most_common())
        builds, memory = self.count("Reloading browsers"), self.memory[-1][1]
        print(f"{edited}: {builds} builds, {seconds:.0f} s, {memory} KiB, {self.footprint()}", flush=True)

    def footprint(self) -> Footprint:
        return Footprint.of(self.server.process.pid, self.temporary)

    def least(self, first: int, last: int) -> Footprint:
        """The least that was seen between these edits."""
        return Footprint.least([seen for edits, seen in self.footprints if first <= edits <= last])

    def usual_memory(self, first: int, last: int) -> float:
        """KiB, the median between these edits: one look alone depends on garbage that is still there."""
        return median(seen for edits, seen in self.memory if first <= edits <= last)


@pytest.mark.skipif(not (PROC / "self/fd").is_dir(), reason="only Linux tells in /proc what another process occupies")
def test_every_edit_is_shown_and_nothing_accumulates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    print(f"LIVE_SOAK_SEED={SEED}", flush=True)
    random = Random(SEED)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    book = Book(tmp_path / "project", random)
    begin = time.monotonic()
    with serving(book.project) as server:
        soak = Soak(book, server, temporary)
        soak.see(book.addresses())
        while len(soak.edits) < EDITS:
            soak.edit(min(random.randint(1, AT_ONCE), EDITS - len(soak.edits)))
            if len(soak.edits) % SETTLED < AT_ONCE:
                soak.tell(time.monotonic() - begin)
        soak.see(book.addresses())
        soak.tell(time.monotonic() - begin)
        at_rest = soak.least(0, SETTLED)
        print(
            f"least up to edit {SETTLED}: {at_rest}; least of the last {SETTLED}: {soak.least(EDITS - SETTLED, EDITS)}"
        )
        wait_for(lambda: soak.footprint().within(at_rest))
        assert at_rest.processes == 0, "nothing runs while nobody edits"
        assert soak.count("live: [") == book.runs, "each program ran once in each state"
        if EDITS >= 4 * SETTLED:
            early = soak.usual_memory(SETTLED // 2, SETTLED + SETTLED // 2)
            late = soak.usual_memory(EDITS - SETTLED, EDITS)
            print(
                f"usually resident: {early} KiB around edit {SETTLED}, {late} KiB at the end, {late / early:.3f} times"
            )
            assert late < GROWTH * early
