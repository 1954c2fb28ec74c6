"""A generator that blocks stops all the others; one that polls lets them run."""

import time
from collections.abc import Iterator


def count(turns: list[int]) -> Iterator[None]:
    while True:
        turns.append(1)
        yield


def wait_blocking(turns: list[int]) -> Iterator[None]:
    before = len(turns)
    time.sleep(0.05)  # (1)!
    print(f"blocking call: the other one had {len(turns) - before} turns")
    yield


def wait_polling(turns: list[int]) -> Iterator[None]:
    before = len(turns)
    until = time.perf_counter() + 0.05
    while True:
        yield  # (2)!
        if time.perf_counter() >= until:  # (3)!
            break
    print(f"asking again and again: at least one turn: {len(turns) > before}")


def take_turns(waiter: Iterator[None], counter: Iterator[None]) -> None:
    for _ in waiter:
        next(counter)


def main() -> None:
    for wait in (wait_blocking, wait_polling):
        turns: list[int] = []
        take_turns(wait(turns), count(turns))


if __name__ == "__main__":
    main()
