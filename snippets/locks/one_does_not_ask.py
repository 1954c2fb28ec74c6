"""A lock holds back only those who ask for it."""

import threading
from dataclasses import dataclass


@dataclass
class Counter:
    n: int = 0


def add_one(counter: Counter, lock: threading.Lock, has_read: threading.Event, may_write: threading.Event) -> None:
    with lock:  # (1)!
        seen = counter.n
        has_read.set()
        may_write.wait()
        counter.n = seen + 1


def main() -> None:
    counter = Counter()
    lock = threading.Lock()
    has_read, may_write = threading.Event(), threading.Event()
    polite = threading.Thread(target=add_one, args=(counter, lock, has_read, may_write))
    polite.start()
    has_read.wait()
    counter.n += 1  # (2)!
    print(f"lock held by the other thread: {lock.locked()}, n: {counter.n}")
    may_write.set()
    polite.join()
    print(f"1 was added twice: {counter.n}")  # (3)!


if __name__ == "__main__":
    main()
