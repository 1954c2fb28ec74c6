"""What a snippet runs with on this machine, and what it needs that is not here."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from live.options import Options
from live.running.permissions import permits
from live.running.pythons import Python, python_for
from live.snippet import Snippet

BESIDE = str(Path(sys.executable).parent)
"""Where installed distributions put their commands."""


@dataclass(frozen=True)
class Means:
    """What a snippet runs with."""

    python: Python
    commands: dict[str, str]
    """Name → path of each command that it needs and that was found."""
    missing: tuple[str, ...]
    """What it needs and what is not here, in words that are the same in every language: `redis-server`."""


def means(snippet: Snippet) -> Means:
    """Look for everything that `snippet` declares to need."""
    options = snippet.options
    python = python_for(options.requires_python, free_threaded=options.free_threaded)
    found = {name: shutil.which(name, path=search_path()) for name in options.commands}
    commands = {name: path for name, path in found.items() if path and not _stumbles_over_its_place(path)}
    missing = [] if python else [_described(options)]
    missing += [name for name in options.commands if name not in commands]
    missing += [name for name in options.permissions if not permits(name)]
    if python is None or python == Python.current():
        missing += [name for name in options.dependencies if not _is_installed(name)]
    else:
        # Another interpreter has none of the installed distributions.
        missing += options.dependencies
    return Means(python or Python.current(), commands, tuple(missing))


def search_path() -> str:
    """The PATH that programs run with: commands of installed distributions first, as in an activated environment."""
    return os.pathsep.join([BESIDE, os.environ.get("PATH", os.defpath)])


def _described(options: Options) -> str:
    """The interpreter that is wanted."""
    return f"{'free-threaded ' if options.free_threaded else ''}Python {options.requires_python}".rstrip()


def _stumbles_over_its_place(command: str) -> bool:
    """Whether it is a shell script below a folder with a space: MPICH's compilers hand on such a path in pieces."""
    if " " not in command:
        return False
    with Path(command).open("rb") as file:
        return file.readline().rstrip().endswith(b"sh")


def _is_installed(requirement: str) -> bool:
    from packaging.requirements import Requirement

    wanted = Requirement(requirement)
    try:
        return wanted.specifier.contains(metadata.version(wanted.name), prereleases=True)
    except metadata.PackageNotFoundError:
        return False
