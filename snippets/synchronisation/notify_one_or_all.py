"""notify() wakes one waiter, notify_all() wakes all that still wait."""

import threading


def wait_once(bell: threading.Condition, waiting: threading.Semaphore, woken: threading.Semaphore) -> None:
    with bell:
        waiting.release()
        bell.wait()  # (1)!
    woken.release()


def main() -> None:
    bell = threading.Condition()
    waiting, woken = threading.Semaphore(0), threading.Semaphore(0)
    threads = [threading.Thread(target=wait_once, args=(bell, waiting, woken), name=name) for name in "ABC"]
    for thread in threads:
        thread.start()
        waiting.acquire()  # (2)!
    with bell:
        bell.notify()
    woken.acquire()
    print(f"notify() woke one, another one: {woken.acquire(timeout=0.2)}")  # (3)!
    with bell:
        bell.notify_all()
    for thread in threads:
        thread.join()  # (4)!
    print(f"notify_all() woke {sum(woken.acquire(blocking=False) for _ in threads)} more")
    try:
        bell.notify()  # (5)!
    except RuntimeError as error:
        print(f"without the lock: {error}")


if __name__ == "__main__":
    main()
