"""A release without a lock that is held."""

import threading


def release_twice() -> None:
    lock = threading.Lock()
    with lock:
        lock.release()  # (1)!


def release_without_acquire() -> None:
    lock = threading.RLock()
    lock.release()  # (2)!


def mended() -> None:
    lock = threading.Lock()
    with lock:  # (3)!
        pass
    print(f"mended: locked {lock.locked()}")


def main() -> None:
    for way in (release_twice, release_without_acquire, mended):
        try:
            way()
        except RuntimeError as error:
            print(f"{way.__name__}: RuntimeError: {error}")


if __name__ == "__main__":
    main()
