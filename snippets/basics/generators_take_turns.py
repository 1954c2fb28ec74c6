"""Two generators take turns in one thread."""

import threading
from collections.abc import Iterator


def worker(name: str) -> Iterator[None]:
    for step in range(2):
        print(f"{name}{step} in {threading.current_thread().name}")
        yield  # (1)!


def take_turns(*workers: Iterator[None]) -> None:
    for _ in range(2):
        for each in workers:
            next(each)  # (2)!


def main() -> None:
    take_turns(worker("a"), worker("b"))


if __name__ == "__main__":
    main()
