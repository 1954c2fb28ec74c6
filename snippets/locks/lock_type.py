"""What threading.Lock is depends on the version of Python."""

import sys
import threading


def lock_or_none() -> str:
    try:
        return str(threading.Lock | None)  # (1)!
    except TypeError as error:
        return f"TypeError: {error}"


def main() -> None:
    print(f"Python {sys.version_info.major}.{sys.version_info.minor}")
    print(f"type(threading.Lock): {type(threading.Lock).__name__}")
    print(f"type(threading.Lock()): {type(threading.Lock()).__name__}")  # (2)!
    print(f"threading.Lock | None: {lock_or_none()}")


if __name__ == "__main__":
    main()
