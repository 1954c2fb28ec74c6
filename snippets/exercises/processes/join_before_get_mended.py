"""A child process sends a large result through a queue; the parent receives it, and the child ends."""

import multiprocessing
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event

SIZE = 1_000_000


def work(results: Queue, has_put: Event) -> None:
    results.put(bytes(SIZE))
    has_put.set()


def main() -> None:
    context = multiprocessing.get_context("spawn")
    results, has_put = context.Queue(), context.Event()
    child = context.Process(target=work, args=(results, has_put))
    child.start()
    has_put.wait()
    received = results.get()  # (1)!
    child.join()
    print(f"the child has ended: {child.exitcode == 0}")
    print(f"received {len(received)} bytes")


if __name__ == "__main__":
    main()
