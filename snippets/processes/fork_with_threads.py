# /// script
# requires-python = ">=3.12"
# ///
"""fork copies a held lock, but not the thread that would release it."""

import multiprocessing
import threading
import warnings

lock = threading.Lock()


def look() -> None:
    print(f"child: {threading.active_count()} thread, lock acquired: {lock.acquire(timeout=0.1)}")


def hold(held: threading.Event, may_end: threading.Event) -> None:
    with lock:
        held.set()
        may_end.wait()


def main() -> None:
    held, may_end = threading.Event(), threading.Event()
    thread = threading.Thread(target=hold, args=(held, may_end))
    thread.start()
    held.wait()  # (1)!
    print(f"parent: {threading.active_count()} threads")

    process = multiprocessing.get_context("fork").Process(target=look)
    with warnings.catch_warnings(record=True) as caught:  # (2)!
        warnings.simplefilter("always")
        process.start()
    process.join()
    for warning in caught:
        print(f"parent: {warning.category.__name__}: {warning.message}")
    may_end.set()
    thread.join()


if __name__ == "__main__":
    main()
