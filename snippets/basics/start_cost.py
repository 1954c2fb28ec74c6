# /// script
# [tool.live]
# measure = true
# ///
"""What it costs to start a thread, and a process in each way there is."""

import multiprocessing
import threading
import time
from collections.abc import Callable


def nothing() -> None:
    pass


def milliseconds(kind: Callable) -> float:
    began = time.perf_counter()
    worker = kind(target=nothing)
    worker.start()
    worker.join()  # (1)!
    return (time.perf_counter() - began) * 1000


def report(name: str, kind: Callable) -> None:
    first, second = milliseconds(kind), milliseconds(kind)  # (2)!
    print(f"{name:10}  first {first:6.1f} ms  second {second:6.1f} ms")


def main() -> None:
    report("thread", threading.Thread)
    for method in multiprocessing.get_all_start_methods():  # (3)!
        report(method, multiprocessing.get_context(method).Process)


if __name__ == "__main__":
    main()
