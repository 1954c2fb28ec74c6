"""How much memory a process and all that it has started use together."""

import os
import subprocess
from pathlib import Path


def parents() -> dict[int, int]:
    """By process id, that of the parent."""
    if not Path("/proc/self/stat").exists():
        listed = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        return {int(pid): int(parent) for pid, parent in map(str.split, listed.splitlines())}
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(file.parent.name)] = int(file.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended meanwhile
    return found


def family(pid: int) -> list[int]:
    """The process itself and all its descendants."""
    found, parent_of = [pid], parents()
    for one in found:
        found += [child for child, parent in parent_of.items() if parent == one]  # (1)!
    return found


def kilobytes(pid: int) -> int:
    if not Path("/proc/self/smaps_rollup").exists():
        command = ["ps", "-o", "rss=", "-p", str(pid)]  # (2)!
        return int(subprocess.run(command, check=False, capture_output=True, text=True).stdout or 0)
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))  # (3)!


def megabytes(pid: int) -> float:
    return sum(map(kilobytes, family(pid))) / 1024


def main() -> None:
    alone = megabytes(os.getpid())
    with subprocess.Popen(["sleep", "0.1"]):
        print(f"uses more with a child than alone: {megabytes(os.getpid()) > alone}")


if __name__ == "__main__":
    main()
