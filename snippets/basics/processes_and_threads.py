"""Processes have pids of their own, threads share the pid of their process."""

import os
from multiprocessing import Process, SimpleQueue
from threading import Thread


def report(who: str, answers) -> None:
    answers.put(f"{who}: pid {os.getpid()}")  # (1)!


def ask_three(kind: type[Process] | type[Thread]) -> list[str]:
    answers = SimpleQueue()
    names = [f"{kind.__name__} {number}" for number in (1, 2, 3)]
    workers = [kind(target=report, args=(name, answers)) for name in names]
    for worker in workers:
        worker.start()
    lines = sorted(answers.get() for _ in workers)  # (2)!
    for worker in workers:
        worker.join()
    return lines


def main() -> None:
    print(f"this program: pid {os.getpid()}")
    for line in ask_three(Process) + ask_three(Thread):
        print(line)


if __name__ == "__main__":
    main()
