# /// script
# [tool.live]
# measure = true
# ///
"""More computing than time has passed: only possible at the same instant."""

import time
from multiprocessing import Barrier, Process
from threading import Thread


def compute(gate, cpu_seconds: float) -> None:
    gate.wait()
    gate.wait()
    until = time.thread_time() + cpu_seconds  # (1)!
    while time.thread_time() < until:
        pass


def elapsed(kind: type[Process] | type[Thread], cpu_seconds: float) -> float:
    gate = Barrier(3)
    workers = [kind(target=compute, args=(gate, cpu_seconds)) for _ in range(2)]
    for worker in workers:
        worker.start()
    gate.wait()  # (2)!
    began = time.perf_counter()
    gate.wait()
    for worker in workers:
        worker.join()
    return time.perf_counter() - began


def main() -> None:
    for kind in (Thread, Process):
        seconds = elapsed(kind, cpu_seconds=0.08)
        print(f"two {kind.__name__} workers: 0.16 s of computing within {seconds:.2f} s")


if __name__ == "__main__":
    main()
