"""A thread that blocks lets the other threads run."""

import time
from collections.abc import Callable
from threading import Thread


def work(events: list[str], block: Callable[[], object]) -> None:
    events.append("start")
    block()  # (1)!
    events.append("end")


def run_eight(block: Callable[[], object]) -> list[str]:
    events: list[str] = []
    threads = [Thread(target=work, args=(events, block)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return events


def main() -> None:
    began = time.perf_counter()
    print(*run_eight(lambda: time.sleep(0.2)))
    print(f"8 sleeps of 0.2 s took {time.perf_counter() - began:.2f} s")  # (2)!


if __name__ == "__main__":
    main()
