"""A daemon thread that is left alone is stopped; its finally never runs."""

import threading
import time


def work(begun: threading.Event) -> None:
    try:
        begun.set()
        time.sleep(2)
        print("daemon is done")
    finally:
        print("daemon cleans up")  # (1)!


def main() -> None:
    begun = threading.Event()
    daemon = threading.Thread(target=work, args=(begun,), daemon=True)
    daemon.start()
    begun.wait()  # (2)!
    print("end main")  # (3)!


if __name__ == "__main__":
    main()
