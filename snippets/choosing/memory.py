"""How much memory a process and all that it has started use together."""

import os
import subprocess
import time
from pathlib import Path

HAS_PROC = Path("/proc/self/smaps_rollup").exists()


def output_of(*command: str) -> list[str]:
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.split()


def children(pid: int) -> list[int]:
    if not HAS_PROC:
        return [int(word) for word in output_of("pgrep", "-P", str(pid))]  # (1)!
    found = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, file.read_text().split())
        except OSError:
            continue  # that thread has ended
    return found


def kilobytes(pid: int) -> int:
    if not HAS_PROC:
        return sum(map(int, output_of("ps", "-o", "rss=", "-p", str(pid))))
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # that process has ended
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))  # (2)!


def megabytes(pid: int) -> float:
    family = [pid]
    for one in family:
        family += children(one)  # (3)!
    return sum(map(kilobytes, family)) / 1024


def most_megabytes(pid: int, seconds: float = 0.06) -> float:
    """The most that is seen in that time: too little is seen while a child starts or ends."""
    found, until = [], time.monotonic() + seconds
    while not found or time.monotonic() < until:
        found.append(megabytes(pid))
        time.sleep(0.005)
    return max(found)


def main() -> None:
    alone = megabytes(os.getpid())
    with subprocess.Popen(["sleep", "0.1"]):
        print(f"uses more with a child than alone: {most_megabytes(os.getpid()) > alone}")


if __name__ == "__main__":
    main()
