"""All threads of a program live in one process: os.getpid() is the same."""

import os
import threading


def note_pid(pids: list[int]) -> None:
    pids.append(os.getpid())  # (1)!


def pids_in_threads(count: int) -> list[int]:
    pids: list[int] = []
    threads = [threading.Thread(target=note_pid, args=(pids,)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return pids


def main() -> None:
    pids = pids_in_threads(3)
    print(f"{len(pids)} threads, {len({*pids, os.getpid()})} process")


if __name__ == "__main__":
    main()
