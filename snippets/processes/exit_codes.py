"""How a process ended can be read from its exit code."""

import os
import signal
import sys
from multiprocessing import Process


def returns() -> None:
    pass


def exits() -> None:
    sys.exit(3)


def raises() -> None:  # (1)!
    raise ValueError("nobody catches this")


def dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)  # (2)!


def main() -> None:
    for target in (returns, exits, raises, dies):
        process = Process(target=target)
        process.start()
        process.join()
        print(f"{target.__name__}: exitcode {process.exitcode}")
    print("the parent goes on")


if __name__ == "__main__":
    main()
