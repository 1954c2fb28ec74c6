"""Gets the recordings of snippets: from the store where they still hold, by running the programs otherwise."""

from __future__ import annotations

import os
import re
import resource
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from live.batch import Batch
from live.errors import LiveError, SnippetError
from live.keeping.committed import committed
from live.keeping.dependencies import stamp
from live.keeping.key import State, state_of
from live.keeping.store import Store
from live.progress import Lines, Progress
from live.recording import Recording
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet

FILES_OF_A_WORKER = 6
"""Three pipes while a supervisor is being started; later two ends, and what is being read or removed."""
FILES_OF_OTHERS = 32
"""What MkDocs and its plugins, or a server, have open at the same time."""

_SLEEP = re.compile(r"\b(?:sleep\(|seconds(?:: \w+)? ?= ?)(\d+(?:\.\d+)?)\b")


def useful_workers() -> int:
    """How many snippets run side by side: most of them sleep most of the time, so more than there are cores.

    Six a core keep the cores about half busy with starting Pythons. More would end sooner, but the programs would
    disturb each other's times.
    """
    return min(32, 6 * (os.cpu_count() or 1))


def affordable_workers() -> int:
    """How many of them can run side by side with the files that this process may have open."""
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if most == resource.RLIM_INFINITY else max(1, (most - FILES_OF_OTHERS) // FILES_OF_A_WORKER)


def silence(_: str) -> None:
    """Say nothing."""


def likely_length(snippet: Snippet) -> float:
    """The longest sleep that its source names, in seconds; how long the program takes is known only afterwards.

    What needs commands, such as a compiler or a server, has more to do than what does not.
    """
    slept = max(map(float, _SLEEP.findall(snippet.source)), default=0.0)
    return slept + (1.0 if snippet.options.needs or snippet.options.launch else 0.0)


@dataclass
class Engine:
    """Runs each snippet at most once for each state of what it depends on."""

    root: Path
    store: Store
    runner: Runner
    workers: int = field(default_factory=useful_workers)
    warn: Callable[[str], object] = silence
    """Called with a message when a recording could not be kept."""
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By path of each snippet that was asked for, what it needs and this machine lacks."""
    _asked: dict[str, tuple[Snippet, State]] = field(default_factory=dict)
    """By path, what was asked for last, as it was then."""
    _recorded: dict[str, Recording] = field(default_factory=dict)
    """By path, whatever came of it last: a program that fails is not run again before something changed."""
    _complaints: set[str] = field(default_factory=set)
    """Why recordings could not be kept."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(
        self, wanted: Mapping[str, Iterable[int]], progress: Progress | None = None, urgent: Collection[str] = ()
    ) -> Batch:
        """Begin to get the recordings of the snippets at the paths in `wanted`, running those that are missing.

        A snippet that needs something that is not here gets the recording in the repository instead.

        Args:
            wanted: Path of each snippet, with the exit codes that are expected of it. Only a recording that ends
                with one of them is kept in the store: what failed is tried again by the next build.
            progress: Told about each run.
            urgent: Paths of the snippets that somebody will wait for first.

        Returns:
            The batch that has the recordings, or what is wrong with a snippet, as soon as they are there.
        """
        known: dict[str, Recording | LiveError] = {}
        missing: dict[Snippet, State] = {}
        self._forget_removed()
        for path in wanted:
            try:
                snippet = Snippet.load(self.root, path)
                self.missing[path] = means(snippet).missing
                if self.missing[path]:
                    known[path] = self._instead(snippet)
                    continue
                state = state_of(snippet, self.runner)
                self._asked[path] = snippet, state
            except LiveError as error:
                known[path] = error
                continue
            last = self._recorded.get(path)
            recording = last if last and last.key == state.key else self.store.get(path, state.key)
            if recording:
                known[path] = self._recorded[path] = recording
            else:
                missing[snippet] = state

        def run(snippet: Snippet) -> Recording:
            recording = self.runner.run(snippet, missing[snippet].key)
            self.keep(snippet, recording, wanted[snippet.path], missing[snippet])
            return recording

        # The longest first: one that started last would have all others wait for it.
        in_order = sorted(missing, key=lambda snippet: (snippet.path not in urgent, -likely_length(snippet)))
        workers = min(self.workers, affordable_workers())
        return Batch(known, in_order, run, workers=workers, progress=progress or Lines(silence))

    def record(
        self, wanted: Mapping[str, Iterable[int]], progress: Progress | None = None
    ) -> dict[str, Recording | LiveError]:
        """As `start`, and wait for all of them."""
        batch = self.start(wanted, progress)
        try:
            return batch.finish()
        except BaseException:
            # Ctrl-C: end what runs, or this process would wait for every program to end by itself.
            self.runner.stop()
            raise
        finally:
            self.runner.rest()

    def _forget_removed(self) -> None:
        """A server lives for days, while programs are renamed."""
        for path in [*self._recorded, *self.missing]:
            if not (self.root / path).is_file():
                self._recorded.pop(path, None)
                self.missing.pop(path, None)

    def _instead(self, snippet: Snippet) -> Recording:
        """The recording in the repository, of a snippet that cannot run here."""
        try:
            return committed(snippet)
        except SnippetError as error:
            complaint = str(error).removeprefix(f"{snippet}: ")
            lacking = " and ".join(self.missing[snippet.path])
            raise SnippetError(f"{snippet}: needs {lacking}, which is not here, and {complaint}") from None

    def touched(self, path: str) -> bool:
        """Whether the snippet, or a file that it runs with, was written to after it was last asked for.

        What was shown of it since may be another state than the one that ran.
        """
        if path not in self._asked:
            return False
        snippet, before = self._asked[path]
        try:
            now = {name: stamp(self.root / name) for name in before.stamps}
            return now != before.stamps or Snippet.load(self.root, path).source != snippet.source
        except (OSError, LiveError):
            return True

    def keep(self, snippet: Snippet, recording: Recording, expected: Iterable[int], before: State) -> None:
        """Keep the recording, in the store if it ended as expected; unless what it ran with is not what it was before.

        Args:
            snippet: What ran.
            recording: What came of it.
            expected: The exit codes that are expected of it.
            before: What it depended on before it ran.
        """
        try:
            untouched = state_of(Snippet.load(self.root, snippet.path), self.runner) == before
        except LiveError:
            return
        if not untouched:
            return
        self._recorded[snippet.path] = recording
        if recording.exit_code is None or recording.exit_code not in expected:
            return
        try:
            self.store.put(recording)
        except OSError as error:
            self._complain(snippet, error)

    def _complain(self, snippet: Snippet, error: OSError) -> None:
        """Once for each reason: where the disk is full, it is so for all of them."""
        reason = error.strerror or str(error)
        with self._lock:
            said = reason in self._complaints
            self._complaints.add(reason)
        if not said:
            self.warn(
                f"The recording of {snippet} could not be kept in {self.store.folder} ({reason}). It will run again "
                "with the next build, and so will all others that this happens to."
            )
