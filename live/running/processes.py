"""Finds every process that a program started, wherever it went. Standard library only: the supervisor imports it.

On Linux the supervisor adopts orphans (`PR_SET_CHILD_SUBREAPER`, prctl(2)), so that even a daemon that forked
twice, took a session of its own and emptied its environment is still found below it. Elsewhere the process
table is read with `ps`, which finds the group of the program and what is still below it; a process that left
both before it was looked for is out of reach there.
"""

from __future__ import annotations

import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> bool:
    """Make descendants whose parent ended children of this process. Tell whether the platform does that."""
    return _prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Have this process killed when its parent ends, where the platform can. Survives exec."""
    _prctl(PR_SET_PDEATHSIG, 9)


def _prctl(option: int, value: int) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    return bool(ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0)


def alive(pid: int) -> bool:
    """Whether the process is there and is no zombie."""
    if _has_proc():
        return _stat(pid) is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def descendants(root: int, group: int) -> list[int]:
    """Process ids below `root` and in the process group `group`, parents first, zombies left out."""
    table = _proc_table() if _has_proc() else _ps_table()
    children: dict[int, list[int]] = {}
    for pid, (parent, _) in table.items():
        children.setdefault(parent, []).append(pid)
    found = [pid for pid, (_, process_group) in sorted(table.items()) if process_group == group]
    waiting = [root, *found]
    while waiting:
        for pid in sorted(children.get(waiting.pop(0), ())):
            if pid not in found:
                found.append(pid)
                waiting.append(pid)
    return [pid for pid in found if pid != root]


def _has_proc() -> bool:
    return os.path.isdir("/proc/self")


def _proc_table() -> dict[int, tuple[int, int]]:
    stats = ((int(name), _stat(name)) for name in os.listdir("/proc") if name.isdigit())
    return {pid: stat for pid, stat in stats if stat is not None}


def _stat(pid: int | str) -> tuple[int, int] | None:
    """Parent and process group of a live process, from proc_pid_stat(5); None when gone or a zombie."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The command's name stands in parentheses and may contain anything.
            state, parent, group = file.read().rpartition(b")")[2].split()[:3]
    except (OSError, ValueError):
        return None
    return None if state in b"ZX" else (int(parent), int(group))


def _ps_table() -> dict[int, tuple[int, int]]:
    import subprocess

    listing = subprocess.run(
        ["ps", "-axo", "pid=,ppid=,pgid=,stat="], check=False, capture_output=True, text=True
    ).stdout
    rows = (line.split() for line in listing.splitlines())
    return {int(row[0]): (int(row[1]), int(row[2])) for row in rows if len(row) >= 4 and row[3][0] != "Z"}


HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""Processes of the standard library that end by themselves soon after the program they help."""


def command_line(pid: int) -> str:
    """What the process was started as, for a message; empty for helpers of multiprocessing."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            words = file.read().rstrip(b"\0").replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        words = f"process {pid}"
    return "" if any(helper in words for helper in HELPERS) else words
