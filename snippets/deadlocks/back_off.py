"""No second lock in time: give the first one back, pause, and try again."""

import random
import time
from itertools import count
from threading import Barrier, Lock, Thread


def take_both(name: str, first: Lock, second: Lock, meet: Barrier) -> None:
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
    lock_a, lock_b = Lock(), Lock()
    meet = Barrier(2)
    threads = [
        Thread(target=take_both, args=("A then B", lock_a, lock_b, meet)),
        Thread(target=take_both, args=("B then A", lock_b, lock_a, meet)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
