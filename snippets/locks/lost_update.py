"""Nobody arranges a meeting, and updates are lost all the same."""

import sys
import threading
from dataclasses import dataclass

TIMES = 50_000
ROUNDS = 1_000


@dataclass
class Counter:
    n: int = 0


def add(counter: Counter, start_line: threading.Barrier) -> None:
    start_line.wait()
    for _ in range(TIMES):
        counter.n += int("1")  # (1)!


def lost_in_one_round() -> int:
    counter = Counter()
    start_line = threading.Barrier(2)
    threads = [threading.Thread(target=add, args=(counter, start_line)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 2 * TIMES - counter.n


def main() -> None:
    sys.setswitchinterval(1e-6)  # (2)!
    for number in range(1, ROUNDS + 1):  # (3)!
        if lost := lost_in_one_round():
            print(f"round {number}: {2 * TIMES} times 1 was added, {lost} of them were lost")
            return
    print(f"nothing was lost in {ROUNDS} rounds")


if __name__ == "__main__":
    main()
