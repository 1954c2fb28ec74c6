# /// script
# [tool.live]
# measure = true
# ///
"""The same computation in one, two and four threads."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

PARTS = 4
ROUNDS = 5


def part_of_the_work() -> int:
    total = 0
    for number in range(400_000):
        total += number * number % 7
    return total


def seconds(threads: int) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(PARTS):  # (1)!
            pool.submit(part_of_the_work)
    return time.perf_counter() - began


def main() -> None:
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    print(f"GIL {'on' if gil else 'off'}, {os.cpu_count()} cores")
    best = {threads: min(seconds(threads) for _ in range(ROUNDS)) for threads in (1, 2, 4)}  # (2)!
    for threads, measured in best.items():
        print(f"threads {threads}: {measured * 1000:4.0f} ms, {best[1] / measured:.2f} times as fast as one")


if __name__ == "__main__":
    main()
