"""With a lock around reading and writing, the two threads cannot meet in between."""

import threading
from dataclasses import dataclass


@dataclass
class Counter:
    n: int = 0


def add_one(counter: Counter, lock: threading.Lock, both_have_read: threading.Barrier) -> None:
    with lock:  # (1)!
        seen = counter.n
        try:
            both_have_read.wait()  # (2)!
        except threading.BrokenBarrierError:
            print("nobody else came")
        counter.n = seen + 1


def main() -> None:
    counter = Counter()
    lock = threading.Lock()
    both_have_read = threading.Barrier(2, timeout=0.2)  # (3)!
    threads = [threading.Thread(target=add_one, args=(counter, lock, both_have_read)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"two threads added 1 each: {counter.n}")


if __name__ == "__main__":
    main()
