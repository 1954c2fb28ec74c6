"""Two threads take two locks in opposite order: neither gets its second one."""

import threading
from collections.abc import Callable
from typing import Any


def take_both(first: Any, second: Any, meet: threading.Barrier, got: list[bool]) -> None:
    with first:
        meet.wait()  # (1)!
        has_second = second.acquire(timeout=0.3)  # (2)!
        got.append(has_second)
        meet.wait()  # (3)!
        if has_second:
            second.release()


def try_it(make_lock: Callable[[], Any]) -> list[bool]:
    mutex_a, mutex_b = make_lock(), make_lock()
    meet = threading.Barrier(2)
    got: list[bool] = []
    threads = [
        threading.Thread(target=take_both, args=(mutex_a, mutex_b, meet, got)),
        threading.Thread(target=take_both, args=(mutex_b, mutex_a, meet, got)),  # (4)!
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def main() -> None:
    print(f"Lock: got the second one {try_it(threading.Lock)}")
    print(f"RLock: got the second one {try_it(threading.RLock)}")  # (5)!


if __name__ == "__main__":
    main()
