"""One flag and the four methods that read it, raise it, lower it and wait for it."""

import sys
import threading
import time


def is_waiting(thread: threading.Thread) -> bool:
    frame = sys._current_frames()[thread.ident or 0]
    return frame.f_code is threading.Condition.wait.__code__  # (1)!


def wake_all(waiters: int = 3) -> list[bool]:
    event = threading.Event()
    returned: list[bool] = []
    threads = [threading.Thread(target=lambda: returned.append(event.wait())) for _ in range(waiters)]
    for thread in threads:
        thread.start()
    while not all(is_waiting(thread) for thread in threads):  # (2)!
        time.sleep(0.01)
    event.set()
    event.clear()  # (3)!
    for thread in threads:
        thread.join()
    return returned


def main() -> None:
    event = threading.Event()
    print(f"at first: is_set() {event.is_set()}, wait(0.1) {event.wait(0.1)}")  # (4)!
    event.set()
    print(f"after set(): is_set() {event.is_set()}, wait() {event.wait()}")
    print(f"after wait(): is_set() {event.is_set()}, wait() {event.wait()}")  # (5)!
    event.clear()
    print(f"after clear(): is_set() {event.is_set()}, wait(0.1) {event.wait(0.1)}")
    print(f"three waiters, set() and clear(): wait() {wake_all()}")


if __name__ == "__main__":
    main()
