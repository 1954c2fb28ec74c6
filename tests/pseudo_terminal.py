"""Programs that believe to be in a terminal, for tests."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
COLUMNS, ROWS = 100, 30
PATIENCE = 60.0
"""Seconds after which something that should be on the screen will not come any more."""
AT_A_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Becomes a Python whose Ctrl-C comes from the terminal on its standard input."""
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def environment() -> dict[str, str]:
    """One in which the terminal's size is asked of the terminal, and output is buffered as usual."""
    dropped = ("COLUMNS", "LINES", "NO_COLOR", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}


@dataclass
class Terminal:
    """A program that believes to be in a terminal, and what it shows there."""

    process: subprocess.Popen[bytes]
    master: int
    slave: int
    before: list[Any]
    """How the terminal was set when the program began."""
    written: str = ""

    @classmethod
    def run(cls, *arguments: str, cwd: Path = ROOT, more: Mapping[str, str] | None = None) -> Terminal:
        """Start a Python with these arguments, and `more` in its environment."""
        master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        before = termios.tcgetattr(slave)
        command = [sys.executable, "-c", AT_A_TERMINAL, *arguments]
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**environment(), **(more or {})},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        return cls(process, master, slave, before)

    @property
    def frame(self) -> str:
        """The last picture that was drawn whole."""
        return _CONTROL.sub("", self.written.rpartition("\x1b[H")[2])

    def row(self, text: str) -> str:
        """The row of the picture that contains the text."""
        (row,) = [row for row in self.frame.splitlines() if text in row]
        return row

    def expect(self, text: str) -> None:
        """Wait until a picture shows the text."""
        until = time.monotonic() + PATIENCE
        while text not in self.frame or "quits" not in self.frame:
            assert time.monotonic() < until and self._read(1.0), f"{text!r} did not come:\n{self.frame}"

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for something else that the program is about to do."""
        until = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < until and self._read(0.02), self.written

    def press(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def end(self) -> int:
        """Wait for its end; return its exit code."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < until, self.frame
            self._read(0.05)
        self._read(0)
        return self.process.returncode

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was: its settings, the screen, the cursor."""
        return (
            termios.tcgetattr(self.slave) == self.before
            and self.written.count("\x1b[?1049h") == self.written.count("\x1b[?1049l")
            and self.written.rfind("\x1b[?25h") >= self.written.rfind("\x1b[?25l")
        )

    def hang_up(self) -> None:
        """Close the window: the program gets SIGHUP, and can write no more."""
        os.close(self.master)
        os.close(self.slave)
        self.master = self.slave = -1

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for end in (self.master, self.slave):
            if end >= 0:
                os.close(end)

    def _read(self, seconds: float) -> bool:
        while select.select([self.master], [], [], seconds)[0]:
            self.written += os.read(self.master, 1 << 16).decode("utf-8", "replace")
            seconds = 0
        return self.process.poll() is None
