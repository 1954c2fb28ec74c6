# /// script
# [tool.live]
# needs = ["ps"]
# ///
"""A child that has ended stays a zombie until its parent collects it."""

import multiprocessing
import subprocess
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess


def state(pid: int | None) -> str:
    command = ["ps", "-o", "stat=", "-p", str(pid)]
    listed = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return listed.stdout.decode().strip()[:1] or "no such process"  # (1)!


def end_unnoticed() -> BaseProcess:
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=print, args=("child: ends",))
    process.start()
    wait([process.sentinel])  # (2)!
    while state(process.pid) not in ("Z", "no such process"):  # (3)!
        time.sleep(0.01)
    return process


def collect(process: BaseProcess, how: Callable[[], object]) -> None:
    print(f"state: {state(process.pid)}")
    how()
    print(f"after {how.__name__}(): {state(process.pid)}")


def main() -> None:
    process = end_unnoticed()
    collect(process, process.join)
    collect(end_unnoticed(), multiprocessing.active_children)  # (4)!


if __name__ == "__main__":
    main()
