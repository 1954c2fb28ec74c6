"""A child that has put much into a queue cannot end before somebody gets it."""

import multiprocessing
import threading
from multiprocessing.queues import Queue, SimpleQueue
from multiprocessing.synchronize import Event

SIZE = 1_000_000


def fill(queue: Queue | SimpleQueue, size: int, has_put: Event) -> None:
    queue.put(bytes(size))  # (1)!
    queue.put(None)  # (2)!
    threads = [thread.name for thread in threading.enumerate()]
    print(f"  child: has put, threads: {threads}")
    has_put.set()


def join_then_get(queue: Queue | SimpleQueue, patience: float | None = None) -> None:
    has_put = multiprocessing.Event()
    process = multiprocessing.Process(target=fill, args=(queue, SIZE, has_put))
    process.start()
    print(f"  put() has returned: {has_put.wait(patience)}")  # (3)!
    process.join(0.3)  # (4)!
    print(f"  after join(0.3), alive: {process.is_alive()}")
    got = sum(len(chunk) for chunk in iter(queue.get, None))
    process.join()  # (5)!
    print(f"  got {got} bytes, then join(): exitcode {process.exitcode}")


def main() -> None:
    print("Queue:")
    join_then_get(multiprocessing.Queue())
    print("SimpleQueue:")
    join_then_get(multiprocessing.SimpleQueue(), patience=0.3)


if __name__ == "__main__":
    main()
