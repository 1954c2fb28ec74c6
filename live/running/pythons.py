"""Finds the interpreter that a snippet runs with: this one, or another where this is not what it asks for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from itertools import product
from pathlib import Path

from live.recording import Interpreter

NEWEST = 20
"""Minor version up to which commands named `python3.N` are looked for."""
HIGHEST_PATCH = 30
"""Patch version up to which one of these may be what is asked for."""

# Runs in the other interpreter, which has nothing but its standard library.
_REPORT = """
import json, platform, sys, sysconfig
print(json.dumps([sys.version, sysconfig.get_path("stdlib"), [
    platform.python_implementation(), platform.python_version(), bool(sysconfig.get_config_var("Py_GIL_DISABLED"))]]))
"""


@dataclass(frozen=True)
class Python:
    """An interpreter that can run a snippet."""

    executable: str
    """Absolute path."""
    build: str
    """Its `sys.version`, which tells builds of one version apart."""
    library: str
    """Absolute path of the folder of its standard library."""
    interpreter: Interpreter

    @classmethod
    @cache
    def current(cls) -> Python:
        """The one that runs this."""
        return cls(sys.executable, sys.version, sysconfig.get_path("stdlib"), Interpreter.current())

    def satisfies(self, specifier: str) -> bool:
        """Whether its version is one that `specifier` admits; an empty one admits all."""
        if not specifier:
            return True
        from packaging.specifiers import SpecifierSet

        return SpecifierSet(specifier).contains(self.interpreter.version, prereleases=True)

    @property
    def identity(self) -> list[object]:
        """What a recording depends on, as plain data."""
        return [self.build, asdict(self.interpreter)]


@cache
def python_for(specifier: str, *, free_threaded: bool = False) -> Python | None:
    """This interpreter if `specifier` admits its version, else the oldest other one that it admits and that starts.

    Args:
        specifier: A version specifier such as `>=3.13`; empty for any version.
        free_threaded: Whether only a free-threaded build will do. If not, this one may be of any kind, and another
            one is an ordinary build.
    """
    current = Python.current()
    if current.satisfies(specifier) and (current.interpreter.free_threaded or not free_threaded):
        return current
    others = (python for file in _candidates(specifier, free_threaded) if (python := _ask(file)))
    fitting = (python for python in others if python.interpreter.free_threaded == free_threaded)
    return next((python for python in fitting if python.satisfies(specifier)), None)


def _candidates(specifier: str, free_threaded: bool) -> Iterator[Path]:
    from packaging.specifiers import SpecifierSet

    folders = [Path(folder) for folder in os.get_exec_path()]
    folders += sorted(_pyenv().glob("versions/*/bin"))
    for minor in range(NEWEST + 1):
        # Starting one only to ask takes longer than anything else here; some patch version of it has to be right.
        if not any(SpecifierSet(specifier).contains(f"3.{minor}.{patch}") for patch in range(HIGHEST_PATCH + 1)):
            continue
        # A free-threaded build is installed with a `t` behind its name, and may have the plain name as well.
        names = [f"python3.{minor}t", f"python3.{minor}"] if free_threaded else [f"python3.{minor}"]
        for folder, name in product(folders, names):
            if _is_program(file := folder / name):
                yield file


def _pyenv() -> Path:
    try:
        return Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    except RuntimeError:  # no HOME, and a user that the system does not know, as in a container
        return Path(os.devnull)


def _is_program(file: Path) -> bool:
    """Whether it can be run and is no script: a version manager's script may start any version, or complain."""
    try:
        if not os.access(file, os.X_OK):
            return False
        with file.open("rb") as stream:
            return stream.read(2) != b"#!"
    except OSError:
        return False


@cache
def _ask(file: Path) -> Python | None:
    try:
        done = subprocess.run([file, "-I", "-S", "-c", _REPORT], capture_output=True, timeout=10, check=True)
        build, library, (implementation, version, free_threaded) = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Python(str(file), build, library, Interpreter(implementation, version, free_threaded))
