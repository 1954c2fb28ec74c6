# /// script
# dependencies = ["gevent"]
# ///
"""50 greenlets read, wait and write: without a lock, updates get lost."""

from contextlib import AbstractContextManager, nullcontext

import gevent
from gevent.lock import BoundedSemaphore, RLock


class Counter:
    def __init__(self, lock: AbstractContextManager) -> None:
        self.value = 0
        self.lock = lock

    def add(self) -> None:
        with self.lock:
            value = self.value
            gevent.sleep(0)  # (1)!
            self.value = value + 1


def count(lock: AbstractContextManager) -> int:
    counter = Counter(lock)
    gevent.joinall([gevent.spawn(counter.add) for _ in range(50)], raise_error=True)
    return counter.value


def main() -> None:
    print(f"without a lock: {count(nullcontext())}")
    print(f"with a BoundedSemaphore: {count(BoundedSemaphore(1))}")  # (2)!
    print(f"with an RLock: {count(RLock())}")


if __name__ == "__main__":
    main()
