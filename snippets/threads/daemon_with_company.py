"""A daemon thread goes on after main, while an ordinary thread is alive."""

import threading
import time


def work() -> None:
    try:
        threading.main_thread().join()  # (1)!
        time.sleep(0.2)
        print("daemon is done")
    finally:
        print("daemon cleans up")


def main() -> None:
    daemon = threading.Thread(target=work, daemon=True)
    company = threading.Thread(target=daemon.join)  # (2)!
    daemon.start()
    company.start()
    print("end main")


if __name__ == "__main__":
    main()
