"""Single keys from a terminal, without waiting for Enter."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

_CODES = {
    b" ": "space",
    b"q": "q",
    b"Q": "q",
    b"\x1b[C": "right",
    b"\x1bOC": "right",
    b"\x1b[D": "left",
    b"\x1bOD": "left",
    b"\x1b[H": "home",
    b"\x1bOH": "home",
    b"\x1b[1~": "home",
    b"\x1b[7~": "home",
    b"\x1b[F": "end",
    b"\x1bOF": "end",
    b"\x1b[4~": "end",
    b"\x1b[8~": "end",
}
"""What terminals send: xterm in both modes, Linux, rxvt."""


@dataclass
class Keyboard:
    """Where keys come from."""

    file: int | None
    """A file descriptor; None where keys cannot be had, so that waiting is all it does."""
    _begun: bytes = b""
    """What arrived of a key that is not complete yet."""

    def wait(self, seconds: float) -> list[str]:
        """The keys that were pressed meanwhile; returns at once when there are some. `q` at the end of input, too."""
        if self.file is None:
            time.sleep(seconds)
            return []
        if not select.select([self.file], [], [], seconds)[0]:
            return []
        data = os.read(self.file, 1024)
        return self.keys(data) if data else ["q"]

    def keys(self, data: bytes) -> list[str]:
        """The keys that these bytes stand for; bytes that stand for none are passed over."""
        data, found = self._begun + data, []
        while data:
            code = next((code for code in _CODES if data.startswith(code)), b"")
            if not code and any(code.startswith(data) for code in _CODES):
                break
            if code:
                found.append(_CODES[code])
            data = data[len(code) or 1 :]
        self._begun = data
        return found


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """Standard input key by key; it is afterwards as it was before. Ctrl-C works as ever."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        yield Keyboard(None)
        return
    if not sys.stdin.isatty():
        yield Keyboard(None)
        return
    file = sys.stdin.fileno()
    before = termios.tcgetattr(file)
    try:
        tty.setcbreak(file)
        yield Keyboard(file)
    finally:
        with suppress(termios.error):  # the window may have been closed
            termios.tcsetattr(file, termios.TCSADRAIN, before)
