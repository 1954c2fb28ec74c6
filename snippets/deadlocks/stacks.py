"""A program that hangs, and a watchdog that prints where its threads stand."""

import faulthandler
import threading

lock_a, lock_b = threading.Lock(), threading.Lock()
meet = threading.Barrier(2)


def a_then_b() -> None:
    with lock_a:
        meet.wait()
        with lock_b:  # (1)!
            print("has A and B")


def b_then_a() -> None:
    with lock_b:
        meet.wait()
        with lock_a:  # (2)!
            print("has B and A")


def main() -> None:
    faulthandler.dump_traceback_later(0.5, exit=True)  # (3)!
    threads = [threading.Thread(target=a_then_b), threading.Thread(target=b_then_a)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # (4)!
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
