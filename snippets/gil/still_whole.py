# /// script
# requires-python = ">=3.13"
#
# [tool.live]
# free-threaded = true
# measure = true
# ///
"""Without the GIL, n += 1 loses updates; append() does not, nor does n += 1 with a lock."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

TIMES, ROUNDS = 100_000, 100
LOCK = Lock()


@dataclass
class Shared:
    n: int = 0
    items: list[int] = field(default_factory=list)


def add(shared: Shared) -> None:
    shared.n += 1  # (1)!


def append(shared: Shared) -> None:
    shared.items.append(1)  # (2)!


def add_with_lock(shared: Shared) -> None:
    with LOCK:  # (3)!
        shared.n += 1


def by_two_threads(change: Callable[[Shared], None]) -> Shared:
    shared = Shared()
    with ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            pool.submit(lambda: [change(shared) for _ in range(TIMES)])
    return shared


def main() -> None:
    print(f"GIL {'on' if sys._is_gil_enabled() else 'off'}, {2 * TIMES} changes each")
    counted = (by_two_threads(add).n for _ in range(ROUNDS))
    print(f"n += 1: {next((n for n in counted if n < 2 * TIMES), 'nothing lost')}")  # (4)!
    print(f"items.append(1): {len(by_two_threads(append).items)}")
    print(f"n += 1 with a lock: {by_two_threads(add_with_lock).n}")


if __name__ == "__main__":
    main()
