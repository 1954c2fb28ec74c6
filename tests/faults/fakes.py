"""What a round of `schedules` has in the place of programs and progress: each complains if two threads meet in it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from live.errors import EngineError
from live.recording import Interpreter, Machine, Recording
from live.running.run import Runner
from live.snippet import Snippet

PIECE = 0.0002
"""Seconds that a thread is held up at most."""
FAILS = "snippets/a/fails.py"
"""A snippet that ends with an exit code that no page expects."""
BREAKS = "snippets/a/breaks.py"
"""A snippet that cannot be run."""


@dataclass(eq=False)
class FakeSupervisor:
    """Takes a moment for each job, and complains if it is given two at once."""

    chance: Random
    gone: threading.Event = field(default_factory=threading.Event)
    ended: int = 0
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def do(self, job: dict[str, Any]) -> dict[str, Any] | None:
        assert self._busy.acquire(blocking=False), "a supervisor was given two jobs at once"
        assert not self.ended, "a supervisor was given a job after its end"
        try:
            for _ in range(self.chance.choice((0, 0, 1, 3))):
                if self.gone.wait(self.chance.random() * PIECE):
                    return None
            return None if self.gone.is_set() else job
        finally:
            self._busy.release()

    def abandon(self) -> None:
        self.gone.set()

    def end(self) -> int:
        self.ended += 1
        return 0


@dataclass
class FakeRunner(Runner):
    """Runs nothing, but for the rest as the real one; each run can be told from all others."""

    numbers: Iterator[int] = field(default_factory=count)
    log: list[tuple[str, int]] = field(default_factory=list)
    """Path and number of each run."""
    _now: Counter[str] = field(default_factory=Counter)

    def run(self, snippet: Snippet, key: str = "", *, bare: bool = False) -> Recording:
        number = next(self.numbers)
        self.log.append((snippet.path, number))
        self._now[snippet.path] += 1
        if snippet.options.measure:
            assert self._now.total() == 1, "something ran beside what measures"
        try:
            self.supervise({}, str(snippet))
            assert not snippet.options.measure or self._now.total() == 1, "something ran beside what measures"
        finally:
            self._now[snippet.path] -= 1
        if snippet.path == BREAKS:
            raise EngineError("broken")
        return recorded(snippet.path, key, number, exit_code=int(snippet.path == FAILS))


def recorded(path: str, key: str, number: int, *, exit_code: int = 0) -> Recording:
    return Recording(
        *(path, key, exit_code, 30.0, number, "2026-11-24T04:00:00+00:00", (), "x" * 4000, (), ()),
        Interpreter("CPython", "3.13.0", False),
        Machine("Linux", "x86-64", 2),
    )


@dataclass
class Told:
    """Progress that complains if it is told two things at a time, or anything before its beginning or after its end."""

    expected: int = 0
    done_with: list[str] = field(default_factory=list)
    ended: bool = False
    _one: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, snippets: int) -> None:
        self.expected = snippets

    def done(self, snippet: Snippet, recording: Recording) -> None:
        assert self._one.acquire(blocking=False), "progress was told two things at a time"
        time.sleep(0)
        assert not self.ended
        self.done_with.append(snippet.path)
        self._one.release()

    def end(self) -> None:
        self.ended = True
