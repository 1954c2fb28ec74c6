"""Pools: workers that are kept and get task after task - threads, processes, or interpreters in one process."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager

import workloads

WORKERS = 4


@contextmanager
def thread_pool() -> Iterator[Callable]:
    with ThreadPoolExecutor(WORKERS) as pool:
        yield lambda work, numbers: list(pool.map(work, numbers))


@contextmanager
def process_pool() -> Iterator[Callable]:
    with ProcessPoolExecutor(WORKERS) as pool:
        yield lambda work, numbers: list(pool.map(work, numbers))


@contextmanager
def interpreters() -> Iterator[Callable]:
    from concurrent.futures import InterpreterPoolExecutor  # (1)!

    with InterpreterPoolExecutor(WORKERS) as pool:
        yield lambda work, numbers: list(pool.map(work, numbers))


def main() -> None:
    ways = [thread_pool, process_pool]
    if sys.version_info >= (3, 14):
        ways.append(interpreters)
    for way in ways:
        with way() as run:
            print(f"{way.__name__}:", run(workloads.sleep, [1, 2, 3]))


if __name__ == "__main__":
    main()
