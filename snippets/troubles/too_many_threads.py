"""A thread for each job, until there is no room for another one's stack."""

import resource
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Process

MIB = 1 << 20
JOBS = 8


def broken() -> None:
    may_end = threading.Event()
    try:
        for _ in range(JOBS):
            threading.Thread(target=may_end.wait).start()  # (1)!
    finally:
        may_end.set()


def mended() -> None:
    with ThreadPoolExecutor(max_workers=2) as pool:  # (2)!
        print("mended:", list(pool.map(abs, range(JOBS))))


def with_little_room(way: Callable[[], None]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2048 * MIB,) * 2)  # (3)!
    threading.stack_size(512 * MIB)  # (4)!
    try:
        way()
    except RuntimeError as error:
        print(f"{way.__name__}: RuntimeError: {error}")


def main() -> None:
    for way in (broken, mended):
        process = Process(target=with_little_room, args=(way,))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
