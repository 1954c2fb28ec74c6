"""A thread or a process of its own for each task."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread

import workloads


@contextmanager
def threads() -> Iterator[Callable]:
    def run(work: Callable, numbers: Sequence[int]) -> list[int]:
        results = dict.fromkeys(numbers, 0)

        def task(number: int) -> None:
            results[number] = work(number)  # (1)!

        started = [Thread(target=task, args=(number,)) for number in numbers]
        for thread in started:
            thread.start()
        for thread in started:
            thread.join()
        return list(results.values())

    yield run


def task(work: Callable, number: int, results: multiprocessing.SimpleQueue) -> None:
    results.put((number, work(number)))  # (2)!


@contextmanager
def processes() -> Iterator[Callable]:
    def run(work: Callable, numbers: Sequence[int]) -> list[int]:
        results = multiprocessing.SimpleQueue()
        started = [multiprocessing.Process(target=task, args=(work, number, results)) for number in numbers]
        for process in started:
            process.start()
        found = dict(results.get() for _ in numbers)  # (3)!
        for process in started:
            process.join()
        return [found[number] for number in numbers]

    yield run


def main() -> None:
    for way in (threads, processes):
        with way() as run:
            print(f"{way.__name__}:", run(workloads.sleep, [1, 2, 3]))


if __name__ == "__main__":
    main()
