"""A scheduler in a few lines: a queue of generators that take turns."""

from collections import deque
from collections.abc import Iterable, Iterator


def countdown(name: str, steps: int) -> Iterator[None]:
    for left in range(steps, 0, -1):
        print(f"{name}: {left} left")
        yield  # (1)!
    print(f"{name}: done")


def run(workers: Iterable[Iterator[None]]) -> None:
    ready = deque(workers)
    while ready:
        worker = ready.popleft()
        try:
            next(worker)  # (2)!
        except StopIteration:
            continue  # (3)!
        ready.append(worker)  # (4)!


def main() -> None:
    run([countdown("a", 3), countdown("b", 1), countdown("c", 2)])


if __name__ == "__main__":
    main()
