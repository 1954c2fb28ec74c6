"""Finds every process that a program started, wherever it went. Standard library only: the supervisor imports it.

On Linux the supervisor adopts orphans (`PR_SET_CHILD_SUBREAPER`, prctl(2)), so that even a daemon that forked
twice, took a session of its own and emptied its environment is still found below it. Elsewhere the process
table is read with `ps`, which finds the group of the program and what is still below it; a process that left
both before it was looked for is out of reach there.
"""

from __future__ import annotations

import os
import sys
from itertools import chain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
HIGHEST_PID = 1 << 22
"""PID_MAX_LIMIT in linux/threads.h."""


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
    if not table:
        return children(group)
    below: dict[int, list[int]] = {}
    for pid, (parent, _) in table.items():
        below.setdefault(parent, []).append(pid)
    found = [pid for pid, (_, process_group) in sorted(table.items()) if process_group == group]
    waiting = [root, *found]
    while waiting:
        for pid in sorted(below.get(waiting.pop(0), ())):
            if pid not in found:
                found.append(pid)
                waiting.append(pid)
    return [pid for pid in found if pid != root]


def children(since: int) -> list[int]:
    """Process ids of the children of this process, those that it adopted included, where Linux tells.

    Far quicker than `descendants`, and this matters: killing a program that forks all the time is a race. It even
    works without /proc: there, all pids from `since` on are asked for whether they are children.
    """
    try:
        with open("/proc/thread-self/children", "rb") as file:
            return [int(pid) for pid in file.read().split()]
    except OSError:
        pass
    if _has_proc():
        return [pid for pid, (parent, _) in _proc_table().items() if parent == os.getpid()]
    return [pid for pid in _pids_since(since) if _is_child(pid)] if sys.platform.startswith("linux") else []


def _pids_since(first: int) -> Iterator[int]:
    """All process ids that may have been given since `first` was; the system begins anew behind the highest."""
    newest = os.fork()
    if newest == 0:
        os._exit(0)
    os.waitpid(newest, 0)
    return iter(range(first, newest)) if first <= newest else chain(range(first, HIGHEST_PID), range(2, newest))


def _is_child(pid: int) -> bool:
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except ChildProcessError:
        return False


def _has_proc() -> bool:
    return os.path.isdir("/proc/self")


def how_many() -> int:
    """How many processes there are on this machine; 0 where nobody can tell for next to nothing."""
    try:
        return sum(name.isdigit() for name in os.listdir("/proc"))
    except OSError:
        return 0


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

    command = ["ps", "-axo", "pid=,ppid=,pgid=,stat="]
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as ps:
            listing, _ = ps.communicate()
    except OSError:  # small systems have none; where it needs /proc, it says nothing
        return {}
    rows = (line.split() for line in listing.splitlines())
    table = {int(row[0]): (int(row[1]), int(row[2])) for row in rows if len(row) >= 4 and row[3][0] != "Z"}
    table.pop(ps.pid, None)  # it is in its own table, and would be taken for something that the program started
    return table


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
