# /// script
# requires-python = ">=3.14"
# ///
"""A thread that spins can be greeted only by a thread that needs another GIL."""

import sys
import time
from collections.abc import Callable
from concurrent import interpreters
from threading import Thread

ROUNDS = 8_000_000
BEGUN, GREETED, SEEN = range(3)


def spin(cells: memoryview) -> None:
    cells[BEGUN] = 1
    for _ in range(ROUNDS):  # (1)!
        if cells[GREETED]:
            cells[SEEN] = 1
            return


def start_thread(cells: memoryview) -> Thread:
    thread = Thread(target=spin, args=(cells,))
    thread.start()
    return thread


def start_interpreter(cells: memoryview) -> Thread:
    return interpreters.create().call_in_thread(spin, cells)  # (2)!


def is_seen_while_spinning(start: Callable[[memoryview], Thread]) -> bool:
    cells = memoryview(bytearray(3))  # (3)!
    thread = start(cells)
    while not cells[BEGUN]:
        time.sleep(0.001)
    cells[GREETED] = 1  # (4)!
    thread.join()
    return bool(cells[SEEN])


def main() -> None:
    sys.setswitchinterval(5)  # (5)!
    print(f"same interpreter, greeted while spinning: {is_seen_while_spinning(start_thread)}")
    print(f"another interpreter, greeted while spinning: {is_seen_while_spinning(start_interpreter)}")


if __name__ == "__main__":
    main()
