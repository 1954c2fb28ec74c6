"""A child process sends a large result through a queue; the parent receives it, and the child ends."""

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
    received = results.get()  # (1)!
    child.join()
    print(f"the child has ended: {child.exitcode == 0}")
    print(f"received {len(received)} bytes")


if __name__ == "__main__":
    main()
