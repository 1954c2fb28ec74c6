"""Three calls at the wrong moment in the life of a thread, then in order."""

import threading


def join_first(thread: threading.Thread) -> None:
    thread.join()


def start_twice(thread: threading.Thread) -> None:
    thread.start()
    thread.start()


def daemon_too_late(thread: threading.Thread) -> None:
    thread.start()
    thread.daemon = True


def mended(thread: threading.Thread) -> None:
    thread.daemon = True  # (1)!
    thread.start()  # (2)!
    thread.join()  # (3)!
    print(f"mended: alive {thread.is_alive()}")


def main() -> None:
    for way in (join_first, start_twice, daemon_too_late, mended):
        may_end = threading.Event()
        if way is mended:
            may_end.set()
        try:
            way(threading.Thread(target=may_end.wait))
        except RuntimeError as error:
            print(f"{way.__name__}: RuntimeError: {error}")
        may_end.set()


if __name__ == "__main__":
    main()
