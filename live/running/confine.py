"""Keeps what a program may change to a few places, where the system can. Standard library only.

Linux does it with Landlock, landlock(7), for the program and all that it starts, whoever they run as. Besides, nobody
inside reaches into a process outside, be it to trace it or to read its environment or memory below /proc, and nobody
gains rights by starting a program that is set to run as somebody else, such as sudo.

It is a fence for accidents and simple tricks, no wall: files can be read, and their mode, owner and times be changed;
other hosts can be talked to, and services on this one that do more for whoever asks them.
"""

from __future__ import annotations

import os
import stat
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38
CAP_SYS_ADMIN, CAP_PERFMON = 21, 38
"""What lets root read the environment of any process, whatever Landlock says; see may_access_mm() in kernel/fork.c."""

# The numbers are the same on every architecture but Alpha, from asm-generic/unistd.h.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1

# From linux/landlock.h. What only reads or executes is left alone, and so is talking to devices.
WRITE_FILE, TRUNCATE = 1 << 1, 1 << 14
REMOVE_DIR, REMOVE_FILE = 1 << 4, 1 << 5
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (1 << bit for bit in range(6, 13))
REFER = 1 << 13
OF_FILES = WRITE_FILE | TRUNCATE
OF_FOLDERS = (
    OF_FILES | REMOVE_DIR | REMOVE_FILE | MAKE_CHAR | MAKE_DIR | MAKE_REG | MAKE_SOCK | MAKE_FIFO | MAKE_BLOCK
) | (MAKE_SYM | REFER)
SINCE_VERSION_3 = TRUNCATE

OLDEST = 2
"""Before this version of Landlock, no file could be moved from one folder to another, wherever they are."""

DEVICES = (
    *("/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/ptmx", "/dev/pts"),
    "/dev/shm",  # where the locks of multiprocessing are
)
"""What every program may write to."""


def version() -> int:
    """The version of Landlock that the system has; 0 where it has none, or where it is switched off."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, _call(CREATE_RULESET, None, 0, ASK_VERSION))


def confine(places: Iterable[str]) -> bool:
    """Let this process, and all that it starts, change nothing outside of `places` and DEVICES. Survives exec.

    Returns:
        Whether the system can do that. Where it cannot, nothing changes.
    """
    import ctypes

    found = version()
    if found < OLDEST:
        return False
    handled = OF_FOLDERS if found >= 3 else OF_FOLDERS & ~SINCE_VERSION_3
    attributes = ctypes.c_uint64(handled)
    rules = _call(CREATE_RULESET, ctypes.byref(attributes), ctypes.sizeof(attributes), 0)
    if rules < 0:
        return False
    try:
        for place in (*places, *DEVICES):
            _allow(rules, place, handled)
        for capability in (CAP_SYS_ADMIN, CAP_PERFMON):  # refused to everybody but root, who alone has them
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
        ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return _call(RESTRICT_SELF, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, place: str, handled: int) -> None:
    """Allow everything below `place`, if it is there."""
    try:
        opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = handled if stat.S_ISDIR(os.fstat(opened).st_mode) else handled & OF_FILES
        # struct landlock_path_beneath_attr is packed: 64 bits of rights, 32 of the open file.
        rule = rights.to_bytes(8, sys.byteorder) + opened.to_bytes(4, sys.byteorder)
        _call(ADD_RULE, rules, PATH_BENEATH, rule, 0)
    finally:
        os.close(opened)


def _call(number: int, *arguments: object) -> int:
    """A system call that the C library has no function for; -1 where it fails."""
    import ctypes

    values = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return int(ctypes.CDLL(None).syscall(ctypes.c_long(number), *values))
