"""Files that are whole or not there at all, whoever is killed while writing them, and whoever else writes beside."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

UNFINISHED = "unfinished"
"""Folder of what is being written, below that of all that is kept."""


def read(file: Path) -> bytes:
    """What `write` put there.

    Raises:
        OSError: If the file is not there, or no file.
        ValueError: If it is damaged. A rename may reach the disk before what was written: after a power cut, a file
            can be there and empty.
    """
    seal, _, data = file.read_bytes().partition(b"\n")
    if seal != _seal(data):
        raise ValueError(f"{file} is damaged")
    return data


def write(file: Path, data: bytes, *, within: Path) -> None:
    """Put `data` there, sealed, whole or not at all.

    Args:
        file: Where it goes. Something else that stands there, such as a folder, is removed.
        data: Anything.
        within: The folder of all that is kept; whatever is below belongs to this package.

    Raises:
        OSError: If it could not be written; what was there before is untouched.
    """
    place = within / UNFINISHED
    _make_folder(place, within)
    _make_folder(file.parent, within)
    remove_abandoned(place)
    with _unfinished(place) as (unfinished, opened):
        opened.write(_seal(data) + b"\n" + data)
        opened.flush()
        try:
            unfinished.replace(file)
        except IsADirectoryError:
            shutil.rmtree(file)
            unfinished.replace(file)


def age(file: Path) -> float:
    """Seconds since it was written, as far as one knows.

    Where its time is still to come, the clock was set back since: then it counts from now on, or it would be the
    newest of all until that time.
    """
    seconds = time.time() - file.stat().st_mtime
    if seconds < 0:
        os.utime(file)
    return max(0.0, seconds)


def remove_abandoned(place: Path) -> None:
    """Remove what is unfinished and whose writer is no more.

    The system says who that is, by the locks that ended with their process: no clock is asked, which may jump.
    """
    for unfinished in place.iterdir():
        with suppress(OSError), unfinished.open("rb") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            unfinished.unlink()


@contextmanager
def _unfinished(place: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file, and its place. It is removed if it is still there in the end."""
    path, opened = _begin(place)
    try:
        with opened:
            yield path, opened
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _begin(place: Path) -> tuple[Path, BinaryIO]:
    while True:
        path = place / uuid4().hex
        opened = path.open("xb")
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # another process takes it for abandoned right now
        except OSError:
            return path, opened  # no locks on this file system: then nothing is taken for abandoned either
        else:
            if path.exists():
                return path, opened
        opened.close()


def _make_folder(folder: Path, within: Path) -> None:
    """Make it and all above it. Below `within`, what is no folder is removed: a file, or a link that leads nowhere."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        inside = [part for part in (folder, *folder.parents) if within in part.parents]
        in_the_way = [part for part in inside if os.path.lexists(part) and not part.is_dir()]
        if not in_the_way:
            raise
        for part in in_the_way:
            part.unlink()
        folder.mkdir(parents=True, exist_ok=True)


def _seal(data: bytes) -> bytes:
    return json.dumps(sha256(data).hexdigest()).encode()
