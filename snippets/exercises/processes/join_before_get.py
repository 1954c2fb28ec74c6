"""A child process sends a large result through a queue; it should end, and the parent receive it."""

import multiprocessing
from multiprocessing.queues import Queue

SIZE = 1_000_000


def work(results: Queue) -> None:
    results.put(bytes(SIZE))


def main() -> None:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    child = context.Process(target=work, args=(results,))
    child.start()
    child.join(1)  # (1)!
    print(f"the child has ended: {child.exitcode == 0}")
    received = results.get()
    print(f"received {len(received)} bytes")


if __name__ == "__main__":
    main()
