"""What a check gets to look at: a program, which it can import or run."""

from __future__ import annotations

import importlib.util
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import NoReturn

NAME = "exercise"
"""What the program is called once it is imported."""
PATIENCE = 15.0
"""Seconds that a run of the program may take; one that is well takes one or two."""
_THREAD = re.compile(r"^(?:Current thread|Thread) ", re.MULTILINE)
_ERROR = re.compile(r"^Traceback \(most recent call last\):\n(?: .*\n|\n)*(\S.*)", re.MULTILINE)
_FRAME = re.compile(r'File "(?P<file>[^"]*)", line (?P<line>\d+) in (?P<function>.+)')


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
        """The last line that says anything; of the error that ended it, its first one.

        Notes may follow that: since 3.14, pickling adds what it was about to serialise.
        """
        if self.exit_code and (errors := _ERROR.findall(self.output)):
            return str(errors[-1])
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

    def run(self, patience: float = PATIENCE) -> Ran:
        """Run it to its end, as `python file.py`.

        Raises:
            BrokenPromise: It was still running after `patience` seconds.
        """
        with subprocess.Popen(
            [sys.executable, str(self.file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process:
            try:
                output, _ = process.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGABRT)  # PYTHONFAULTHANDLER is set: it says where its threads stand
                traces, _ = process.communicate()
                broken(still_running(patience, traces, self.file))
        return Ran(process.returncode, output)


def still_running(patience: float, traces: str, file: Path) -> str:
    """What came, where nothing came in time.

    Args:
        patience: Seconds that were waited.
        traces: Where each thread stood, as faulthandler writes it.
        file: The program.
    """
    threads = [_FRAME.finditer(thread) for thread in _THREAD.split(traces)]
    own = [[frame for frame in frames if frame["file"] == str(file)] for frames in threads]
    stood = [f"line {frames[0]['line']} in {frames[0]['function']}" for frames in own if frames]
    where = f"; it stood at {', '.join(dict.fromkeys(stood))}" if stood else ""
    return f"still running after {patience:g} s, and stopped{where}"
