"""join() blocks the thread that calls it, and no other."""

import threading
import time


def wait_for(joined: threading.Thread) -> None:
    print("waiter: calls join()")
    joined.join()  # (1)!
    print("waiter: join() has returned")


def main() -> None:
    may_end = threading.Event()
    joined = threading.Thread(target=may_end.wait)  # (2)!
    waiter = threading.Thread(target=wait_for, args=(joined,))
    joined.start()
    waiter.start()
    for step in (1, 2, 3):
        time.sleep(0.1)
        print(f"main: step {step}")  # (3)!
    may_end.set()
    waiter.join()
    print("main: end")


if __name__ == "__main__":
    main()
