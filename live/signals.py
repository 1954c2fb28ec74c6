"""Lets the signals that ask a process to end do so in order: it stops what runs, and tidies up."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

ASKING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What `kill`, a service manager and a closing terminal send. Python minds SIGINT itself, and ends at once at these."""


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Within it, these signals end the process as `sys.exit` does: 128 and the signal's number, as shells have it.

    Those that are ignored stay so: `nohup` means it. Only the main thread can change what signals do; elsewhere,
    they do what they did.
    """
    heeded = []
    if threading.current_thread() is threading.main_thread():
        heeded = [number for number in ASKING if signal.getsignal(number) == signal.SIG_DFL]
    for number in heeded:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _: FrameType | None) -> NoReturn:
    for other in ASKING:  # a second one, as service managers send it, must not disturb the tidying up
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)
