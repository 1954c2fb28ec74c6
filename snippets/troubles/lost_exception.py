"""An exception ends only its thread; a future keeps it for whoever asks."""

import threading
from concurrent.futures import ThreadPoolExecutor


def work() -> None:
    int("seven")


def broken() -> None:
    thread = threading.Thread(target=work, name="worker")
    thread.start()
    thread.join()  # (1)!
    print("broken: join() has returned, and main knows of nothing")


def mended() -> None:
    with ThreadPoolExecutor() as pool:
        future = pool.submit(work)
    try:
        future.result()  # (2)!
    except ValueError as error:
        print(f"mended: ValueError: {error}")


def report(failed: threading.ExceptHookArgs) -> None:
    print(f"hook: {failed.thread.name}: {failed.exc_type.__name__}: {failed.exc_value}")


def main() -> None:
    broken()
    threading.excepthook = report  # (3)!
    broken()
    mended()


if __name__ == "__main__":
    main()
