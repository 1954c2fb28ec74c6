# /// script
# [tool.live]
# measure = true
# ///
"""Three kinds of work, done twice by one thread and by two threads."""

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median

DATA = bytes(3_000_000)


def python_code() -> None:
    for _ in range(200_000):
        pass


def c_code() -> None:
    hashlib.sha256(DATA)  # (1)!


def waiting() -> None:
    time.sleep(0.01)


def seconds(work: Callable[[], None], threads: int) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:  # (2)!
        for _ in range(2):
            pool.submit(work)
    return time.perf_counter() - began


def main() -> None:
    print("time in one thread / time in two threads")
    for work in (python_code, c_code, waiting):
        ratios = sorted(seconds(work, 1) / seconds(work, 2) for _ in range(5))  # (3)!
        spread = f"{ratios[0]:.1f} to {ratios[-1]:.1f}"
        print(f"{work.__name__:11}  median {median(ratios):.1f}, spread {spread}")


if __name__ == "__main__":
    main()
