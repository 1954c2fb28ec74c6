"""Four queues, three orders; equal priorities need a number that decides."""

import itertools
import queue
from collections.abc import Iterable
from typing import Any


def order(jobs: Any, items: Iterable[Any]) -> list[Any]:
    for item in items:
        jobs.put(item)
    out = []
    while not jobs.empty():  # (1)!
        out.append(jobs.get())
    return out


def main() -> None:
    for kind in (queue.Queue, queue.SimpleQueue, queue.LifoQueue, queue.PriorityQueue):
        print(f"{kind.__name__}: {order(kind(), [2, 3, 1])}")

    washing, cooking = {"job": "washing"}, {"job": "cooking"}
    try:
        order(queue.PriorityQueue(), [(1, washing), (1, cooking)])  # (2)!
    except TypeError as error:
        print(f"a tie: {error}")
    number = itertools.count()
    numbered = [(1, next(number), job) for job in (washing, cooking)]  # (3)!
    ordered = order(queue.PriorityQueue(), numbered)
    print(f"with a number: {[job['job'] for _, _, job in ordered]}")

    names = sorted(set(dir(queue.Queue)) - set(dir(queue.SimpleQueue)))  # (4)!
    print(f"SimpleQueue lacks: {[name for name in names if not name.startswith('_')]}")


if __name__ == "__main__":
    main()
