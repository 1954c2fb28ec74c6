"""Ctrl-C reaches every process of a terminal, and each of them has its say."""

import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext, suppress
from multiprocessing import Process
from subprocess import PIPE


def be_busy() -> None:
    print("busy", flush=True)
    while True:
        time.sleep(0.05)


def work(way: str) -> None:
    if way == "mended":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # (1)!
    be_busy()


def lead(way: str) -> None:
    workers = [Process(target=work, args=(way,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    with suppress(KeyboardInterrupt) if way == "mended" else nullcontext():  # (2)!
        be_busy()
    for worker in workers:
        worker.join(0.3)  # (3)!
        worker.terminate()


def interrupt(way: str) -> None:
    command = [sys.executable, __file__, way]
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, process_group=0) as leader:
        leader.stdout.read(len("busy\n" * 3))  # (4)!
        os.killpg(leader.pid, signal.SIGINT)  # (5)!
        complaints = leader.stderr.read()
    print(f"{way}: tracebacks: {complaints.count('Traceback')}")


if __name__ == "__main__":
    for way in sys.argv[1:]:
        lead(way)
    if len(sys.argv) == 1:
        interrupt("broken")
        interrupt("mended")
