"""start() creates the process of the operating system, once."""

import os
from multiprocessing import Process


def main() -> None:
    process = Process()
    print(f"made: pid {process.pid}")  # (1)!
    try:
        process.join()
    except AssertionError as error:
        print(f"join() now: AssertionError: {error}")
    process.start()  # (2)!
    print(f"started: pid {process.pid}, mine is {os.getpid()}")
    try:
        process.start()
    except AssertionError as error:
        print(f"start() again: AssertionError: {error}")
    process.join()


if __name__ == "__main__":
    main()
