"""What cannot travel to the processes of a pool, and what can."""

import re
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor


def double(number: int) -> int:
    return 2 * number


def double_with(lock: threading.Lock, number: int) -> int:
    with lock:
        return 2 * number


def send_lambda(pool: Executor) -> Future[int]:
    return pool.submit(lambda number: 2 * number, 21)


def send_lock(pool: Executor) -> Future[int]:
    return pool.submit(double_with, threading.Lock(), 21)  # (1)!


def mended(pool: Executor) -> Future[int]:
    return pool.submit(double, 21)  # (2)!


def main() -> None:
    with ProcessPoolExecutor(max_workers=1) as pool:
        for way in (send_lambda, send_lock, mended):
            try:
                print(f"{way.__name__}: {way(pool).result()}")
            except Exception as error:  # (3)!
                message = re.sub(r" at 0x\w+", "", str(error))
                print(f"{way.__name__}: {type(error).__name__}: {message}")


if __name__ == "__main__":
    main()
