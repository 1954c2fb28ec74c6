"""notify() wakes one waiter, notify_all() wakes all that still wait."""

import threading


def wait_once(bell: threading.Condition, waiting: threading.Semaphore, woken: threading.Semaphore) -> None:
    with bell:
        waiting.release()
        bell.wait()  # (1)!
    woken.release()


def count(woken: threading.Semaphore) -> int:
    number = 0
    while woken.acquire(timeout=0.1):  # (2)!
        number += 1
    return number


def main() -> None:
    bell = threading.Condition()
    waiting, woken = threading.Semaphore(0), threading.Semaphore(0)
    for name in ("A", "B", "C"):
        threading.Thread(target=wait_once, args=(bell, waiting, woken), name=name).start()
        waiting.acquire()  # (3)!
    with bell:
        bell.notify()
    print(f"notify() woke {count(woken)}")
    with bell:
        bell.notify_all()
    print(f"notify_all() woke {count(woken)}")
    try:
        bell.notify()  # (4)!
    except RuntimeError as error:
        print(f"without the lock: {error}")


if __name__ == "__main__":
    main()
