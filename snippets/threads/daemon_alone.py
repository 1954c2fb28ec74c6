"""A daemon thread that is left alone is stopped; its finally never runs."""

import threading
import time


def work(name: str, seconds: float) -> None:
    try:
        time.sleep(seconds)
        print(f"{name} is done")
    finally:
        print(f"{name} cleans up")  # (1)!


def main() -> None:
    daemon = threading.Thread(target=work, args=("daemon", 2), daemon=True)
    daemon.start()
    print("end main")  # (2)!


if __name__ == "__main__":
    main()
