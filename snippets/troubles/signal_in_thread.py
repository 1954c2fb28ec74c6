"""Only the main thread registers signal handlers; others can be told."""

import signal
import threading


def broken() -> None:
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # (1)!
    except ValueError as error:
        print(f"broken: ValueError: {error}")


def mended(stop: threading.Event) -> None:
    stop.wait()  # (2)!
    print("mended: told to stop")


def main() -> None:
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())  # (3)!
    thread = threading.Thread(target=mended, args=(stop,))
    thread.start()
    signal.raise_signal(signal.SIGTERM)  # (4)!
    thread.join()


if __name__ == "__main__":
    main()
