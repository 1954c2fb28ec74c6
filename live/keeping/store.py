"""Recordings on disk, one JSON file each, found by snippet and key."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from live.recording import Recording

KEPT = 8
"""How many recordings of a snippet are kept: enough to go back and forth between branches and interpreters."""
ABANDONED = 3600.0
"""Seconds after which an unfinished file can only be that of a process that was killed."""


@dataclass(frozen=True)
class Store:
    """A folder of recordings. Any number of processes may use it at the same time."""

    folder: Path

    def get(self, path: str, key: str) -> Recording | None:
        """The recording of the snippet at `path` under `key`. One that cannot be read is as good as none."""
        try:
            recording = Recording.from_json(json.loads(self._file(path, key).read_bytes()))
        except (OSError, ValueError, RecursionError):
            return None
        return recording if (recording.snippet, recording.key) == (path, key) else None

    def put(self, recording: Recording) -> None:
        """Keep the recording, whole or not at all.

        Raises:
            OSError: If it could not be written; what was there before is untouched.
        """
        file = self._file(recording.snippet, recording.key)
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"unfinished-{os.getpid()}-{threading.get_ident()}")
        try:
            unfinished.write_text(json.dumps(recording.to_json()), encoding="ascii")
            unfinished.replace(file)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        self._forget_old(file.parent)

    def has_any(self, path: str) -> bool:
        """Whether there is a recording of the snippet, be it out of date or not."""
        return any(self._recordings(self._folder(path)))

    def _folder(self, path: str) -> Path:
        return self.folder / path.removesuffix(".py")

    def _file(self, path: str, key: str) -> Path:
        return self._folder(path) / f"{key}.json"

    @staticmethod
    def _recordings(folder: Path) -> Iterator[Path]:
        return folder.glob("*.json")

    def _forget_old(self, folder: Path) -> None:
        """Another process may be tidying up here too, so anything can be gone at any moment."""
        by_age = []
        for file in self._recordings(folder):
            with suppress(OSError):
                by_age.append((file.stat().st_mtime, file))
        outdated = [file for _, file in sorted(by_age, reverse=True)[KEPT:]]
        for file in folder.glob("unfinished-*"):
            with suppress(OSError):
                if time.time() - file.stat().st_mtime > ABANDONED:
                    outdated.append(file)
        for file in outdated:
            with suppress(OSError):
                file.unlink()
