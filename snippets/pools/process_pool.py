"""Calls travel to a process pool pickled, with a chunksize several at once."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor

names: list[str] = []


def prepare(name: str) -> None:
    names.append(name)  # (1)!
    print(f"initializer in pid {os.getpid()}")


def work(number: int) -> str:
    return f"{number} with {names}"


class CountingPool(ProcessPoolExecutor):
    trips = 0

    def submit(self, fn: Callable, /, *args: object) -> Future:
        self.trips += 1  # (2)!
        return super().submit(fn, *args)


def main() -> None:
    spawn = multiprocessing.get_context("spawn")  # (3)!
    for chunksize in (1, 3):
        with CountingPool(1, spawn, prepare, ("a worker",)) as pool:
            results = list(pool.map(work, range(6), chunksize=chunksize))
            print(f"chunksize={chunksize}: {len(results)} results, {pool.trips} round trips")
    print(f"in the worker: {results[-1]}")
    print(f"in the parent: {names}")

    with ProcessPoolExecutor(1, spawn) as pool:
        error = pool.submit(lambda: 1).exception()  # (4)!
    print(f"a lambda: {error!r}")


if __name__ == "__main__":
    main()
