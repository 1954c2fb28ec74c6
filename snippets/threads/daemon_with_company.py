"""A daemon thread finishes when another, ordinary thread lives long enough."""

import threading
import time


def work(name: str, seconds: float) -> None:
    try:
        time.sleep(seconds)
        print(f"{name} is done")
    finally:
        print(f"{name} cleans up")


def main() -> None:
    daemon = threading.Thread(target=work, args=("daemon", 0.2), daemon=True)
    ordinary = threading.Thread(target=work, args=("ordinary thread", 0.4))  # (1)!
    daemon.start()
    ordinary.start()
    print("end main")  # (2)!


if __name__ == "__main__":
    main()
