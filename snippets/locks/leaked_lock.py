"""An exception between acquire() and release() leaves the lock held."""

import threading
from contextlib import suppress


def bare(lock: threading.Lock) -> None:
    lock.acquire()
    int("not a number")  # (1)!
    lock.release()  # (2)!


def try_finally(lock: threading.Lock) -> None:
    lock.acquire()
    try:
        int("not a number")
    finally:
        lock.release()  # (3)!


def with_statement(lock: threading.Lock) -> None:
    with lock:  # (4)!
        int("not a number")


def main() -> None:
    for way in (bare, try_finally, with_statement):
        lock = threading.Lock()
        with suppress(ValueError):
            way(lock)
        print(f"{way.__name__}: locked {lock.locked()}, next acquire {lock.acquire(blocking=False)}")  # (5)!


if __name__ == "__main__":
    main()
