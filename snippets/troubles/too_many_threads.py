"""A thread for each job, until there is no room for another one's stack."""

import resource
import threading
from concurrent.futures import ThreadPoolExecutor

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


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2048 * MIB, resource.RLIM_INFINITY))  # (3)!
    threading.stack_size(512 * MIB)  # (4)!
    try:
        broken()
    except RuntimeError as error:
        print(f"broken: RuntimeError: {error}")
    mended()


if __name__ == "__main__":
    main()
