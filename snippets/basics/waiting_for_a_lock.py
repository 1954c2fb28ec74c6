"""Waiting for a lock makes a thread give up its core, without any I/O."""

import resource
import time
from threading import Lock, Thread


def voluntary_switches() -> int:
    return resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw  # (1)!


def take(lock: Lock, counts: list[int]) -> None:
    before = voluntary_switches()
    with lock:
        counts.append(voluntary_switches() - before)


def take_while_held(lock: Lock, counts: list[int]) -> None:
    with lock:
        waiter = Thread(target=take, args=(lock, counts))
        waiter.start()
        time.sleep(0.1)  # (2)!
    waiter.join()


def main() -> None:
    if not hasattr(resource, "RUSAGE_THREAD"):
        print("this platform does not count the switches of a single thread")
        return
    lock = Lock()
    counts: list[int] = []
    take(lock, counts)
    take_while_held(lock, counts)
    print("voluntary switches while taking a lock")
    print(f"free: {counts[0]}, held by another thread: {counts[1]}")  # (3)!


if __name__ == "__main__":
    main()
