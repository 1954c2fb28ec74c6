"""A worker dies: an executor breaks, a Pool goes on without the result."""

import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def die() -> None:
    time.sleep(0.3)  # (1)!
    os._exit(3)  # (2)!


def main() -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn) as executor:
        dies = executor.submit(die)
        behind = executor.submit(abs, -1)
        print(f"executor: the one that dies: {type(dies.exception()).__name__}")
        print(f"executor: the one behind it: {type(behind.exception()).__name__}")
        try:
            executor.submit(abs, -2)
        except BrokenProcessPool:
            print("executor: takes no more work")

    with spawn.Pool(1) as pool:
        lost = pool.apply_async(die)
        behind_it = pool.apply_async(abs, (-1,))
        print(f"Pool: the one behind it: {behind_it.get()}")  # (3)!
        try:
            lost.get(timeout=0.1)  # (4)!
        except multiprocessing.TimeoutError:
            print("Pool: the one that died: no result, no error")


if __name__ == "__main__":
    main()
