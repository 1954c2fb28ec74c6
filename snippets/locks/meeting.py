"""Two threads read the same number before either writes: one update is lost."""

import threading
from dataclasses import dataclass


@dataclass
class Counter:
    n: int = 0


def add_one(counter: Counter, both_have_read: threading.Barrier) -> None:
    seen = counter.n  # (1)!
    both_have_read.wait()  # (2)!
    counter.n = seen + 1  # (3)!


def main() -> None:
    counter = Counter()
    both_have_read = threading.Barrier(2)
    threads = [threading.Thread(target=add_one, args=(counter, both_have_read)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"two threads added 1 each: {counter.n}")


if __name__ == "__main__":
    main()
