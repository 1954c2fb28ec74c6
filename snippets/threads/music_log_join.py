"""The same two threads; the main thread waits for both."""

import threading
import time


def music(seconds: float = 3) -> None:
    print("start music")
    time.sleep(seconds)
    print("end music")


def log(seconds: float = 5) -> None:
    print("start log")
    time.sleep(seconds)
    print("end log")


def main() -> None:
    t1 = threading.Thread(target=music, name="music")
    t2 = threading.Thread(target=log, name="log", daemon=True)

    t1.start()
    t2.start()

    t1.join()  # (1)!
    t2.join()  # (2)!

    print("end main process")


if __name__ == "__main__":
    main()
