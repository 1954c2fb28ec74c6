"""run() called directly runs in the process that calls it."""

import os
from multiprocessing import Process


def compare(caller: int) -> None:
    print(f"  target called in the caller's process: {os.getpid() == caller}")


def main() -> None:
    process = Process(target=compare, args=(os.getpid(),))
    print("run():")
    process.run()  # (1)!
    print("start():")
    process.start()
    process.join()

    print("no target, run():")
    print(f"  returns {Process().run()}")  # (2)!
    print("no target, start():")
    process = Process()
    process.start()
    process.join()
    print(f"  exitcode {process.exitcode}")


if __name__ == "__main__":
    main()
