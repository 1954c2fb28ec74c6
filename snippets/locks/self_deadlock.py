"""A thread that takes a lock it already has: a Lock makes it wait for itself."""

import threading
from typing import Any


def inner(lock: Any) -> bool:
    if lock.acquire(timeout=0.2):  # (1)!
        lock.release()
        return True
    return False


def outer(lock: Any) -> bool:
    with lock:
        return inner(lock)  # (2)!


def main() -> None:
    print(f"Lock: taken again {outer(threading.Lock())}")
    print(f"RLock: taken again {outer(threading.RLock())}")


if __name__ == "__main__":
    main()
