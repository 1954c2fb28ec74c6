"""A Python thread is a thread of the operating system."""

import threading
from pathlib import Path

TASKS = Path("/proc/self/task")


def system_threads() -> int | str:
    return len(list(TASKS.iterdir())) if TASKS.exists() else "no /proc here"  # (1)!


def main() -> None:
    may_end = threading.Event()
    threads = [threading.Thread(target=may_end.wait) for _ in range(5)]
    print(f"system threads before: {system_threads()}")
    for thread in threads:
        thread.start()
    print(f"with 5 waiting threads: {system_threads()}")
    numbers = {thread.native_id for thread in threads}  # (2)!
    print(f"different numbers given by the system: {len(numbers)}")
    may_end.set()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
