# /// script
# [tool.live]
# measure = true
# ///
"""Two busy threads note who is running: the switch interval made visible."""

import sys
from itertools import groupby
from threading import Event, Thread

ROUNDS = 40


def work(name: str, begin: Event, order: list[str]) -> None:
    begin.wait()
    for _ in range(ROUNDS):
        for _ in range(100_000):  # (1)!
            pass
        order.append(name)


def who_ran_when(interval: float) -> str:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(interval)
    begin, order = Event(), list[str]()
    threads = [Thread(target=work, args=(name, begin, order)) for name in "AB"]
    for thread in threads:
        thread.start()
    begin.set()  # (2)!
    for thread in threads:
        thread.join()
    sys.setswitchinterval(usual)
    return "".join(order)


def run_lengths(order: str) -> list[int]:
    return [len(list(same)) for _, same in groupby(order)]  # (3)!


def main() -> None:
    for interval in (5, 0.02, 0.002):
        order = who_ran_when(interval)
        lengths = run_lengths(order)
        print(f"interval {interval * 1000:g} ms: {len(lengths)} runs, the longest of {max(lengths)} rounds")
        print(order)


if __name__ == "__main__":
    main()
