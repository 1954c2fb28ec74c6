"""Builds of the engine without any program: for rows about what happens to recordings, not to runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from live.engine import Engine
from live.keeping.store import Store
from live.recording import Recording
from live.running.run import Runner
from live.snippet import Snippet
from tests.engine.test_keeping import RECORDING


@dataclass
class Instant(Runner):
    """Makes up at once what came of each program."""

    ran: list[str] = field(default_factory=list)
    """Paths of the snippets, in order."""

    def run(self, snippet: Snippet, key: str = "", *, bare: bool = False) -> Recording:
        self.ran.append(snippet.path)
        return replace(RECORDING, snippet=snippet.path, key=key)


def build(root: Path, store: Path, *paths: str) -> list[str]:
    """As a new process would, get the recordings of the snippets, and tell which of them had to run for that."""
    runner = Instant()
    recorded = Engine(root, Store(store), runner, workers=1).record(dict.fromkeys(paths, (0,)))
    for path, recording in recorded.items():
        assert isinstance(recording, Recording), recording
        assert recording == replace(RECORDING, snippet=path, key=recording.key)
    return runner.ran
