"""Two processes share one core and never block: the system preempts them."""

import os
import resource
import time
from multiprocessing import Barrier, Process, SimpleQueue


def preemptions() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw  # (1)!


def compute(cpu_seconds: float, core: int, gate, answers) -> None:
    os.sched_setaffinity(0, {core})  # (2)!
    gate.wait()
    before = preemptions()
    until = time.process_time() + cpu_seconds
    while time.process_time() < until:  # (3)!
        pass
    answers.put(preemptions() - before)


def main() -> None:
    if not hasattr(os, "sched_setaffinity"):
        print("this platform does not let a program choose its core")
        return
    gate, answers = Barrier(2), SimpleQueue()
    arguments = (0.1, min(os.sched_getaffinity(0)), gate, answers)
    processes = [Process(target=compute, args=arguments) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        print(f"a process was preempted {answers.get()} times")


if __name__ == "__main__":
    main()
