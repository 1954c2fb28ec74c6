"""Recordings on disk, found by snippet and key: each a file of JSON Lines, its checksum and itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from live.keeping import files
from live.recording import Recording

SUFFIX = ".jsonl"
KEPT = 8
"""How many recordings of a snippet are kept: enough to go back and forth between branches and interpreters."""


@dataclass(frozen=True)
class Store:
    """A folder of recordings. Any number of processes may use it at the same time."""

    folder: Path

    def get(self, path: str, key: str) -> Recording | None:
        """The recording of the snippet at `path` under `key`. One that cannot be read is as good as none."""
        try:
            recording = Recording.from_json(json.loads(files.read(self._file(path, key))))
        except (OSError, ValueError, RecursionError):
            return None
        return recording if (recording.snippet, recording.key) == (path, key) else None

    def put(self, recording: Recording) -> None:
        """Keep the recording, whole or not at all.

        Raises:
            OSError: If it could not be written; what was there before is untouched.
        """
        file = self._file(recording.snippet, recording.key)
        files.write(file, json.dumps(recording.to_json()).encode("ascii"), within=self.folder)
        self._forget_old(file)

    def has_any(self, path: str) -> bool:
        """Whether there is a recording of the snippet, be it out of date or not."""
        return any(self._recordings(self._folder(path)))

    def _folder(self, path: str) -> Path:
        return self.folder / path.removesuffix(".py")

    def _file(self, path: str, key: str) -> Path:
        return self._folder(path) / f"{key}{SUFFIX}"

    @staticmethod
    def _recordings(folder: Path) -> Iterator[Path]:
        return folder.glob("*.json*")  # some that were kept by earlier versions end otherwise

    def _forget_old(self, newest: Path) -> None:
        """Another process may be tidying up here too, so anything can be gone at any moment."""
        by_age = []
        for file in self._recordings(newest.parent):
            with suppress(OSError):
                by_age.append((files.age(file), file))
        others = [file for _, file in sorted(by_age) if file != newest]
        for file in others[KEPT - 1 :]:
            with suppress(OSError):
                file.unlink()
