"""The plain += 1, counted; what it shows depends on the build."""

import sys
import threading
from dataclasses import dataclass

TIMES = 100_000


@dataclass
class Counter:
    n: int = 0


def add(counter: Counter, start_line: threading.Barrier) -> None:
    start_line.wait()
    for _ in range(TIMES):
        counter.n += 1  # (1)!


def main() -> None:
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()  # (2)!
    sys.setswitchinterval(1e-6)
    counter = Counter()
    start_line = threading.Barrier(2)
    threads = [threading.Thread(target=add, args=(counter, start_line)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"GIL: {'on' if gil else 'off'}")
    print(f"{counter.n} of {2 * TIMES}")


if __name__ == "__main__":
    main()
