"""Rounds of the engine in which threads are held up anywhere: two builds at once share a store, and programs are fakes.

What is real is all that could race: batch, engine, store, and the runner's way with its supervisors. What is not is
the supervisor, and with it the program, so that a round takes milliseconds.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from traceback import format_stack
from types import FrameType
from typing import Any

from live import batch, engine
from live.engine import Engine
from live.errors import LiveError
from live.keeping import files
from live.keeping import store as keeping
from live.keeping.key import key_of
from live.keeping.store import Store
from live.recording import Recording
from live.running import run
from live.running.run import Runner
from live.snippet import Snippet
from tests.faults.fakes import BREAKS, FAILS, PIECE, FakeRunner, FakeSupervisor, Told, recorded

INTERVAL = 1e-6
"""Seconds after which a thread has to make way for another."""
LIMIT = 60.0
"""Seconds after which a round is stuck; it takes some hundredths of one."""
RACING = {module.__file__ for module in (batch, engine, keeping, files, run)}
"""Files whose functions threads are held up in."""
CRITICAL = {"write", "remove_abandoned", "_begin", "put", "_forget_old", "_one", "_take", "supervise"}
"""Functions in which they are held up more often, and anywhere: what several threads change is changed here."""


@contextmanager
def held_up(chance: Random) -> Iterator[None]:
    """Threads that start in here are held up at random in the modules that could race."""

    def step(frame: FrameType, event: str, arg: object) -> Any:
        luck = chance.random() * (1 if frame.f_code.co_name in CRITICAL else 5)
        if luck < 0.04:
            time.sleep(luck / 0.04 * PIECE)
        elif luck < 0.2:
            time.sleep(0)
        return step

    def call(frame: FrameType, event: str, arg: object) -> Any:
        if frame.f_code.co_filename not in RACING:
            return None
        # Between any two steps of the interpreter, and not only between lines.
        frame.f_trace_opcodes = frame.f_code.co_name in CRITICAL
        return step

    usual = sys.getswitchinterval()
    threading.settrace(call)
    sys.setswitchinterval(INTERVAL)
    try:
        yield
    finally:
        threading.settrace(None)  # type: ignore[arg-type]
        sys.setswitchinterval(usual)


@dataclass
class Build:
    """One of the builds that go on at once."""

    engine: Engine
    runner: FakeRunner
    told: Told
    results: dict[str, Recording | LiveError] = field(default_factory=dict)


@dataclass
class Round:
    """Two builds and one that only reads, on a store of their own."""

    root: Path
    """Of a project with snippets."""
    paths: list[str]
    store: Store
    chance: Random
    stopped: bool
    """Whether the first build is stopped at some time."""
    supervisors: list[FakeSupervisor] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def play(self) -> None:
        self._prepare()
        numbers = count()
        builds = [self._build(numbers) for _ in range(2)]
        first, second = builds
        tasks = [lambda: self._asking(first), lambda: self._waiting(second)]
        if self.stopped:
            tasks.append(lambda: self._stopping(first))
        with held_up(self.chance):
            self._at_once(tasks)
        if self.errors:
            raise self.errors[0]
        for build in builds:
            self._check(build, stopped=self.stopped and build is first)
        tokens = [number for build in builds for _, number in build.runner.log]
        assert len(set(tokens)) == len(tokens)
        self._check_store()
        assert {one.ended for one in self.supervisors} <= {1}, "a supervisor was left behind, or ended twice"

    def keys(self) -> dict[str, str]:
        return {path: key_of(Snippet.load(self.root, path), Runner()) for path in self.paths}

    def _prepare(self) -> None:
        """Old recordings of some snippets, as many as are kept: there is something to tidy up for all at once."""
        for path in self.paths[:3]:
            for number in range(keeping.KEPT):
                self.store.put(recorded(path, f"{number:032}", number))
        for file in self.store.folder.rglob(f"*{keeping.SUFFIX}"):
            os.utime(file, (1, 1))

    def _build(self, numbers: Iterator[int]) -> Build:
        runner = FakeRunner(numbers=numbers)
        engine = Engine(self.root, self.store, runner, self.chance.randint(1, 4), self._complain)
        return Build(engine, runner, Told())

    def _complain(self, message: str) -> None:
        self.errors.append(AssertionError(message))

    def _asking(self, build: Build) -> None:
        """As the adapter does: begin, ask for some programs while others run, and wait for the rest."""
        started = build.engine.start(dict.fromkeys(self.paths, (0,)), build.told)
        for path in self.chance.sample(self.paths, len(self.paths)):
            result = started.get(path)
            assert result is not None, f"{path} was lost"
            build.results[path] = result
        for path, result in started.finish().items():
            assert build.results[path] is result
        if not self.stopped:  # who is stopped leaves none behind by itself
            build.runner.rest()

    def _waiting(self, build: Build) -> None:
        build.results.update(build.engine.record(dict.fromkeys(self.paths, (0,)), build.told))

    def _stopping(self, build: Build) -> None:
        """Stop it when it has begun so many runs, or when it is done."""
        runs = self.chance.randint(0, len(self.paths))
        while len(build.runner.log) < runs and not build.told.ended:
            time.sleep(0)
        time.sleep(self.chance.random() * PIECE)
        build.runner.stop()

    def _reading(self) -> None:
        """What is in the store once stays there, whole."""
        keys, seen = self.keys(), set()
        while not self.over.is_set():
            for path, key in keys.items():
                found = self.store.get(path, key)
                assert found or path not in seen, f"{path} was in the store, and is no more"
                if found:
                    seen.add(path)

    def _at_once(self, tasks: list[Callable[[], None]]) -> None:
        barrier = threading.Barrier(len(tasks) + 1)

        def begin(task: Callable[[], None]) -> None:
            try:
                barrier.wait(LIMIT)
                task()
            except BaseException as error:
                self.errors.append(error)

        threads = [threading.Thread(target=begin, args=(task,), daemon=True) for task in (*tasks, self._reading)]
        for thread in threads:
            thread.start()
        until = time.monotonic() + LIMIT
        for thread in threads[:-1]:
            thread.join(until - time.monotonic())
        self.over.set()
        threads[-1].join(LIMIT)
        if any(thread.is_alive() for thread in threads):
            stacks = "\n".join("".join(format_stack(frame)) for frame in sys._current_frames().values())
            raise AssertionError(f"the round is stuck after {LIMIT} s:\n{stacks}")

    def _check(self, build: Build, *, stopped: bool) -> None:
        """No run was lost, and none was done twice."""
        runs = Counter(path for path, _ in build.runner.log)
        assert max(runs.values(), default=0) <= 1, f"{runs} ran more than once"
        assert build.results.keys() == set(self.paths)
        mine = dict(build.runner.log)
        for path, result in build.results.items():
            if isinstance(result, Recording):
                assert result.snippet == path
                assert path not in mine or result.duration == mine[path]
            else:
                assert stopped or path == BREAKS, result
        told = Counter(build.told.done_with)
        assert set(told.values()) <= {1}
        assert set(told) == {path for path in mine if isinstance(build.results[path], Recording)}
        assert build.told.ended
        again = FakeRunner()
        build.engine.runner = again
        known = [path for path, result in build.results.items() if isinstance(result, Recording)]
        assert build.engine.record(dict.fromkeys(known, (0,))) == {path: build.results[path] for path in known}
        assert not again.log, "a build ran again what it knew"

    def _check_store(self) -> None:
        """A build that comes later finds all, but for what failed."""
        later = FakeRunner()
        Engine(self.root, self.store, later).record(dict.fromkeys(self.paths, (0,)))
        assert {path for path, _ in later.log} == {FAILS, BREAKS}
        assert not list((self.store.folder / files.UNFINISHED).iterdir())
        folder = (self.store.folder / self.paths[0]).with_suffix("")
        assert len(list(folder.glob(f"*{keeping.SUFFIX}"))) == keeping.KEPT
