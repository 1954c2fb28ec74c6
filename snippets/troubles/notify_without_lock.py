"""wait() and notify() belong inside the condition's lock."""

import threading


def notify_outside(condition: threading.Condition) -> None:
    condition.notify()  # (1)!


def wait_outside(condition: threading.Condition) -> None:
    condition.wait(timeout=1)


def mended(condition: threading.Condition) -> None:
    with condition:  # (2)!
        condition.notify()
    print("mended: has notified")


def main() -> None:
    for way in (notify_outside, wait_outside, mended):
        try:
            way(threading.Condition())
        except RuntimeError as error:
            print(f"{way.__name__}: RuntimeError: {error}")


if __name__ == "__main__":
    main()
