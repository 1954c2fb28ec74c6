"""Lets the signals that ask a process to end do so in order: it stops what runs, and tidies up."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import NoReturn

ASKING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What `kill`, a service manager and a closing terminal send. Python minds SIGINT itself, and ends at once at these."""
STDOUT, STDERR = 1, 2


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Within it, these signals end the process as `sys.exit` does: 128 and the signal's number, as shells have it.

    Those that are ignored stay so: `nohup` means it. Only the main thread can change what signals do; elsewhere,
    they do what they did.

    What is still written to a terminal that has been closed goes nowhere. Otherwise, what did not get there would be
    tried again at the end of the interpreter, which would then end with 120.
    """
    terminals = [output for output in (STDOUT, STDERR) if os.isatty(output)]
    heeded = []
    if threading.current_thread() is threading.main_thread():
        heeded = [number for number in ASKING if signal.getsignal(number) == signal.SIG_DFL]
    for number in heeded:
        signal.signal(number, partial(_end, terminals))
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


def _end(terminals: Iterable[int], number: int, _: FrameType | None) -> NoReturn:
    for other in ASKING:  # a second one, as service managers send it, must not disturb the tidying up
        signal.signal(other, signal.SIG_IGN)
    _give_up_closed(terminals)
    raise SystemExit(128 + number)


def _give_up_closed(terminals: Iterable[int]) -> None:
    """Let what is written to those that have been closed go nowhere; the system closes them before it sends SIGHUP."""
    for output in terminals:
        if not os.isatty(output):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, output)
            os.close(nowhere)
