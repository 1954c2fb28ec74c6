"""Keeps between builds what was made of recordings, because making it costs more than reading it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from live.keeping import files
from live.recording import Recording

Made = TypeVar("Made")

FORGOTTEN = 30 * 24 * 3600.0
"""Seconds after which what no build asked for is removed."""
_TOUCHED = 24 * 3600.0
"""Seconds after which a file that is asked for is marked as still in use."""


@dataclass(frozen=True)
class Kept:
    """A folder of texts and pictures made of recordings. Any number of processes may use it at the same time."""

    folder: Path

    def text(self, recording: Recording, what: str, make: Callable[[], str]) -> str:
        """The text that `make` gives, made again only for another recording, `what` or version of this package.

        Args:
            recording: What the text is made of.
            what: Everything else that it depends on.
            make: Makes it. It is made each time if it cannot be kept.
        """
        return self._get(recording, what, make, str.encode, bytes.decode)  # `read_text` would change line ends

    def data(self, recording: Recording, what: str, make: Callable[[], bytes]) -> bytes:
        """The same for what is no text, such as a picture."""
        return self._get(recording, what, make, bytes, bytes)

    def _get(
        self,
        recording: Recording,
        what: str,
        make: Callable[[], Made],
        packed: Callable[[Made], bytes],
        unpacked: Callable[[bytes], Made],
    ) -> Made:
        file = self._file(recording, what)
        try:
            made = unpacked(files.read(file))
        except (OSError, ValueError):
            made = make()
            with suppress(OSError, ValueError):
                files.write(file, packed(made), within=self.folder)
                _forget_old(file.parent)
            return made
        with suppress(OSError):  # it may be gone, or somebody else's
            if files.age(file) > _TOUCHED:
                os.utime(file)
        return made

    def _file(self, recording: Recording, what: str) -> Path:
        run = (recording.snippet, recording.key, recording.started, str(recording.duration))
        name = sha256("\0".join((*run, what, _version())).encode()).hexdigest()[:32]
        return self.folder / recording.snippet.removesuffix(".py") / f"{name}.txt"


def _forget_old(folder: Path) -> None:
    """Another process may be tidying up here too, so anything can be gone at any moment."""
    for file in folder.glob("*.txt"):
        with suppress(OSError):
            if files.age(file) > FORGOTTEN:
                file.unlink()


@cache
def _version() -> str:
    """A hash of the source that decides what a recording looks like. Nobody has to remember to raise a number."""
    package = Path(__file__).parents[1]
    files = [package / "recording.py", package / "text.py"]
    for folder in ("rendering", "replay"):
        files += sorted(file for file in (package / folder).rglob("*") if file.suffix in (".py", ".html", ".svg"))
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
