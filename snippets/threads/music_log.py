"""Two threads, one of them a daemon; nobody waits for either."""

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
    t2 = threading.Thread(target=log, name="log", daemon=True)  # (1)!

    t1.start()
    t2.start()  # (2)!

    print("end main process")  # (3)!


if __name__ == "__main__":
    main()
