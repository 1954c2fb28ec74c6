"""Whoever waits for all threads must not wait for itself."""

import threading
from collections.abc import Iterable


def broken(threads: Iterable[threading.Thread]) -> None:
    for thread in threads:
        thread.join()  # (1)!


def mended(threads: Iterable[threading.Thread]) -> None:
    for thread in threads:
        if thread is not threading.current_thread():  # (2)!
            thread.join()
            print(f"mended: {thread.name} has ended")


def main() -> None:
    may_end = threading.Event()
    threading.Thread(target=may_end.wait, name="worker").start()
    everyone = threading.enumerate()  # (3)!
    try:
        broken(everyone)
    except RuntimeError as error:
        print(f"broken: RuntimeError: {error}")
    may_end.set()
    mended(everyone)


if __name__ == "__main__":
    main()
