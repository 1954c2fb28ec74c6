"""Whoever does not get the second lock in time gives the first one back, pauses, and tries again."""

import random
import threading
import time
from itertools import count


def take_both(name: str, first: threading.Lock, second: threading.Lock, meet: threading.Barrier) -> None:
    for attempt in count(1):
        with first:
            if attempt == 1:
                meet.wait()  # (1)!
            if second.acquire(timeout=random.uniform(0.05, 0.15)):  # (2)!
                second.release()
                print(f"{name}: has both, attempt {attempt}")
                return
        print(f"{name}: backs off, attempt {attempt}")  # (3)!
        time.sleep(random.uniform(0.05, 0.15))  # (4)!


def main() -> None:
    lock_a, lock_b = threading.Lock(), threading.Lock()
    meet = threading.Barrier(2)
    threads = [
        threading.Thread(target=take_both, args=("A then B", lock_a, lock_b, meet)),
        threading.Thread(target=take_both, args=("B then A", lock_b, lock_a, meet)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
