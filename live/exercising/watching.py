"""Tells when a file has been saved, as the operating system tells it."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer


class Watch:
    """Watches one file from `with` on, so that no save is missed while something else goes on.

    Editors save in many ways: they write into the file, or write another and rename it. So the folder is watched, and
    what counts is that the file is another than it was when it was looked at.
    """

    def __init__(self, file: Path) -> None:
        self.file = file.resolve()
        self._told = threading.Event()
        self._state: tuple[int, ...] = ()
        self._observer = Observer()

    def __enter__(self) -> Watch:
        self._observer.schedule(_Teller(self._told), str(self.file.parent))
        self._observer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._observer.stop()
        self._observer.join()

    def read(self) -> None:
        """From now on, what counts is what differs from the file as it is now."""
        self._told.clear()
        self._state = self._now()

    def wait(self) -> None:
        """Until the file has been saved since it was last read, even if that was before the call."""
        while not self._now() or self._now() == self._state:
            self._told.wait()
            self._told.clear()

    def _now(self) -> tuple[int, ...]:
        """What changes with each save; empty while there is nothing to be read: between two steps of an editor."""
        try:
            found = self.file.stat()
        except FileNotFoundError:
            return ()
        return (found.st_mtime_ns, found.st_ino, found.st_size) if found.st_size else ()


class _Teller(FileSystemEventHandler):
    def __init__(self, told: threading.Event) -> None:
        self._told = told

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in {"created", "modified", "moved", "closed"}:
            self._told.set()
