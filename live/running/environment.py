"""The environment and the scratch directory that a snippet runs in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from live.running.means import search_path

# Nothing else of the building machine's environment reaches a snippet: no token, no proxy, no PYTHON* setting.
PASSED_ON = ("PATH", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")

SET = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONUNBUFFERED": "1",
    # A run must leave no trace beside the snippets.
    "PYTHONDONTWRITEBYTECODE": "1",
    # Lets the supervisor ask a hanging program where its threads stand.
    "PYTHONFAULTHANDLER": "1",
}


def inherited() -> dict[str, str]:
    """The part of this process's environment that its children get to see."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}


@dataclass(frozen=True)
class Scratch:
    """A directory that exists for one run."""

    folder: Path

    @property
    def work(self) -> Path:
        """The working directory, empty at the start."""
        return self.folder / "work"

    @property
    def journals(self) -> Path:
        """Where the recorder writes to, if there is one in the run."""
        return self.folder / "journals"

    @property
    def environment(self) -> dict[str, str]:
        """The whole environment of the run."""
        return {**inherited(), **SET, "PATH": search_path(), "HOME": str(self.folder), "TMPDIR": str(self.folder)}


@contextmanager
def scratch() -> Iterator[Scratch]:
    """A scratch directory; everything in it is gone afterwards."""
    # Short names: sockets of multiprocessing lie in TMPDIR, and their paths may have 100 bytes or so.
    with TemporaryDirectory(prefix="live-", ignore_cleanup_errors=True) as folder:
        place = Scratch(Path(folder).resolve())
        place.work.mkdir()
        yield place
