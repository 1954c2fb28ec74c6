"""Has any one of the steps go wrong that a process asks the system to change something by; see steps.c."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.faults.elsewhere import call

KILLED, FULL = 1, 2
"""What goes wrong: the process is killed before the step, or the disk is full from there on."""
CC = shutil.which("cc")
NEEDS_STEPS = pytest.mark.skipif(
    not (CC and sys.platform == "linux"),
    reason="steps are counted by a C library that Linux preloads: no cc, or no Linux",
)
SURVIVED = 75
"""Exit code of a process in which nothing went wrong."""


def with_steps(function: Callable[[Path], None], folder: Path) -> None:
    """Call a module's function with the folder, in a Python in which `each_step` works. It fails by raising."""
    library = folder.parent / "steps.so"
    source = Path(__file__).with_suffix(".c")
    subprocess.run([str(CC), "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    folder.mkdir(exist_ok=True)
    call(function, folder, environment={"LD_PRELOAD": str(library)})


def each_step(what: int, prepare: Callable[[], object], act: Callable[[], object]) -> Iterator[int]:
    """For each step of `act`, prepare, and have it done by a process in which that step goes wrong.

    Ends after the first round in which nothing went wrong, and makes sure that there were others.
    """
    library = ctypes.CDLL(None)
    for step in count(1):
        prepare()
        process = os.fork()
        if process == 0:
            try:
                library.fault_arm(what, ctypes.c_long(step))
                act()
                survived = library.fault_steps() < step
                library.fault_arm(0, ctypes.c_long(0))
                os._exit(SURVIVED if survived else 0)
            except BaseException as error:
                library.fault_arm(0, ctypes.c_long(0))
                print(f"step {step}: {error!r}", file=sys.stderr, flush=True)
                os._exit(1)
        ended = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if ended == SURVIVED:
            assert step > 5, "hardly anything was written"
            return
        assert ended == (-signal.SIGKILL if what == KILLED else 0), (step, ended)
        yield step
