"""Runs of several snippets that go on while their caller does something else."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from live.errors import LiveError
from live.progress import Progress
from live.recording import Recording
from live.snippet import Snippet

USUAL_INTERVAL = sys.getswitchinterval()
SWITCH_INTERVAL = 0.0005
"""Seconds. A thread that only passes on what a program printed would otherwise wait 5 ms for the GIL each time."""


class Batch:
    """Snippets run side by side; those that measure wait until all others are done, and then run one by one.

    The latter run in the thread that asks for them, so that not even the caller disturbs their figures.
    """

    def __init__(
        self,
        known: Mapping[str, Recording | LiveError],
        snippets: Sequence[Snippet],
        run: Callable[[Snippet], Recording],
        *,
        workers: int,
        progress: Progress,
    ) -> None:
        self._done = dict(known)
        self._run, self._progress = run, progress
        self._lock = threading.Lock()
        self._measuring = [snippet for snippet in snippets if snippet.options.measure]
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="live")
        self._together: dict[str, Future[None]] = {}
        try:
            self._begin(snippets)
        except BaseException:  # Ctrl-C: nobody has this batch yet who could abandon it
            self.abandon()
            raise

    def _begin(self, snippets: Sequence[Snippet]) -> None:
        if snippets:
            self._progress.begin(len(snippets))
            sys.setswitchinterval(SWITCH_INTERVAL)
        for snippet in snippets:
            if not snippet.options.measure:
                self._together[snippet.path] = self._pool.submit(self._one, snippet)

    def get(self, path: str) -> Recording | LiveError | None:
        """What came of the snippet at `path`, as soon as it is done; None where it is not in this batch."""
        if path in self._together:
            self._together[path].result()
        elif any(snippet.path == path for snippet in self._measuring):
            self.finish()
        return self._done.get(path)

    def finish(self) -> dict[str, Recording | LiveError]:
        """Wait until all are done."""
        try:
            for future in self._together.values():
                future.result()
            while self._measuring:
                self._one(self._measuring.pop(0))
        finally:
            self.abandon()
        return self._done

    def abandon(self) -> None:
        """Start nothing more. What runs already goes on until its runner is stopped."""
        sys.setswitchinterval(USUAL_INTERVAL)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._progress.end()

    def _one(self, snippet: Snippet) -> None:
        try:
            result: Recording | LiveError = self._run(snippet)
        except LiveError as error:
            result = error
        with self._lock:
            self._done[snippet.path] = result
            if isinstance(result, Recording):
                self._progress.done(snippet, result)
