# /// script
# requires-python = ">=3.13"
# ///

"""Since Python 3.13, threading.Lock is a class."""

import inspect
import sys
import threading


def main() -> None:
    print(f"Python {sys.version_info.major}.{sys.version_info.minor}")
    print(f"threading.Lock: {threading.Lock}")
    print(f"a class: {inspect.isclass(threading.Lock)}")  # (1)!


if __name__ == "__main__":
    main()
