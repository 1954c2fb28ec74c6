# /// script
# [tool.live]
# timeout = 180
# measure = true
# reads = ["worker.py"]
# ///
"""Measure all ways with all kinds of work, round by round, and print each median with its spread."""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import PIPE, Popen

import slow_server
from memory import most_megabytes
from report import Values, report
from ways import WAYS, WORK, lacks, senseless


def worker(way: str) -> Popen:
    patched = ["-m", "gevent.monkey"] if way == "gevent" else []  # (1)!
    command, folder = [sys.executable, *patched, "worker.py", way], Path(__file__).parent
    return Popen(command, cwd=folder, stdin=PIPE, stdout=PIPE, text=True)


def order(process: Popen, work: str) -> float:
    """Milliseconds that the work took; for `hold`, megabytes in use meanwhile."""
    print(work, file=process.stdin, flush=True)
    used = most_megabytes(process.pid) if work == "hold" else 0  # (2)!
    took = json.loads(process.stdout.readline())["ms"]
    return used or took


def alternating(workers: Mapping[str, Popen], orders: Sequence[str], rounds: int) -> dict[tuple[str, str], Values]:
    found = defaultdict(list)
    for _ in range(rounds):  # (3)!
        for work in orders:
            for way, process in workers.items():
                if not senseless(way, work):
                    found[way, work].append(order(process, work))
    return dict(found)


def main() -> None:
    with slow_server.running():
        workers = {way: worker(way) for way in WAYS if not lacks(way)}
        found = {}
        for orders in (["start"], WORK, ["hold"]):
            alternating(workers, orders, rounds=1)  # (4)!
            found |= alternating(workers, orders, rounds=3 if orders == ["hold"] else 7)
        for process in workers.values():
            process.communicate()
    print(*report(found), sep="\n")


if __name__ == "__main__":
    main()
