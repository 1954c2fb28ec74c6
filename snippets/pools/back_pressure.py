"""submit() never blocks; a window of futures holds the input back."""

import time
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait


def work(number: int) -> int:
    time.sleep(0.05)
    return number


def all_at_once(pool: ThreadPoolExecutor, numbers: Iterable[int]) -> int:
    futures = [pool.submit(work, number) for number in numbers]  # (1)!
    return sum(not future.done() for future in futures)


def in_a_window(pool: ThreadPoolExecutor, numbers: Iterable[int], size: int) -> int:
    most = 0
    pending: set[Future] = set()
    for number in numbers:
        if len(pending) == size:
            _, pending = wait(pending, return_when=FIRST_COMPLETED)  # (2)!
        pending.add(pool.submit(work, number))
        most = max(most, len(pending))
    return most


def main() -> None:
    with ThreadPoolExecutor(2) as pool:
        print(f"submit() only: {all_at_once(pool, range(8))} of 8 not done")
    with ThreadPoolExecutor(2) as pool:
        print(f"a window of 3: {in_a_window(pool, range(8), 3)} at most not done")


if __name__ == "__main__":
    main()
