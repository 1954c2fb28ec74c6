"""What travels to a process pool is pickled; with a chunksize, several calls travel at once."""

import multiprocessing
import os
import pickle
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor

names: list[str] = []


def prepare(name: str) -> None:
    names.append(name)  # (1)!
    print(f"initializer in pid {os.getpid()}")


def work(number: int) -> str:
    return f"{names} {number}"


class CountingPool(ProcessPoolExecutor):
    trips = 0

    def submit(self, fn: Callable, /, *args: object) -> Future:
        self.trips += 1  # (2)!
        return super().submit(fn, *args)


def main() -> None:
    spawn = multiprocessing.get_context("spawn")  # (3)!
    for chunksize in (1, 3):
        with CountingPool(1, spawn, initializer=prepare, initargs=("a worker",)) as pool:
            results = list(pool.map(work, range(6), chunksize=chunksize))
            print(f"chunksize={chunksize}: {len(results)} results in {pool.trips} round trips, last: {results[-1]}")
    print(f"in the parent: {names}")

    with ProcessPoolExecutor(1, spawn) as pool:
        error = pool.submit(lambda: 1).exception()  # (4)!
    print(f"a lambda cannot be pickled: {isinstance(error, pickle.PicklingError | AttributeError)}")


if __name__ == "__main__":
    main()
