"""The same sum with a lock: nothing is lost."""

import sys
import threading
from dataclasses import dataclass

TIMES = 20_000


@dataclass
class Counter:
    n: int = 0


def add(counter: Counter, lock: threading.Lock, start_line: threading.Barrier) -> None:
    start_line.wait()
    for _ in range(TIMES):
        with lock:  # (1)!
            counter.n += int("1")


def main() -> None:
    sys.setswitchinterval(1e-6)  # (2)!
    counter = Counter()
    lock = threading.Lock()  # (3)!
    start_line = threading.Barrier(2)
    threads = [threading.Thread(target=add, args=(counter, lock, start_line)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{2 * TIMES} times 1 was added, {2 * TIMES - counter.n} of them were lost")


if __name__ == "__main__":
    main()
