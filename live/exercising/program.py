"""What a check gets to look at: a program, which it can import or run."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import NoReturn

NAME = "exercise"
"""What the program is called once it is imported."""


class BrokenPromise(Exception):
    """The program does not do what it promises. The message says what came instead."""


class CannotCheck(Exception):
    """Something is not here that the check needs. The message says what."""


def expect(kept: bool, came: str) -> None:
    """Go on if the promise is kept.

    Raises:
        BrokenPromise: It is not; `came` says what came instead.
    """
    if not kept:
        broken(came)


def broken(came: str) -> NoReturn:
    """Say that the promise is broken: `came` came instead."""
    raise BrokenPromise(came)


@dataclass(frozen=True)
class Ran:
    """What a run as a program of its own left."""

    exit_code: int
    output: str
    """stdout and stderr in the order they came."""

    @property
    def lines(self) -> list[str]:
        """The printed lines."""
        return self.output.splitlines()

    @property
    def last(self) -> str:
        """The last line that says anything."""
        return next((line for line in reversed(self.lines) if line.strip()), "nothing")


@dataclass(frozen=True)
class Program:
    """The program that is checked: a broken, a mended, or a reader's one."""

    file: Path

    def load(self) -> ModuleType:
        """Import it, without its chapter."""
        spec = importlib.util.spec_from_file_location(NAME, self.file)
        assert spec and spec.loader
        module = sys.modules[NAME] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def run(self) -> Ran:
        """Run it to its end, as `python file.py`."""
        done = subprocess.run(
            [sys.executable, str(self.file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        return Ran(done.returncode, done.stdout)
