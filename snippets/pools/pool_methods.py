"""multiprocessing.Pool: several ways to ask, and workers that are replaced."""

import multiprocessing
import os
from multiprocessing.synchronize import Event

events: list[Event] = []


def share(event: Event) -> None:
    events.append(event)


def work(name: str) -> str:
    if name == "A":
        events[0].wait()
    return name


def pid(_: int) -> int:
    return os.getpid()


def main() -> None:
    spawn = multiprocessing.get_context("spawn")
    a_may_end = spawn.Event()
    with spawn.Pool(2, initializer=share, initargs=(a_may_end,)) as pool:  # (1)!
        unordered = pool.imap_unordered(work, "ABC")
        print(f"imap_unordered: {next(unordered)}, {next(unordered)}")
        a_may_end.set()
        print(f"imap_unordered: {next(unordered)}")
        print(f"imap: {', '.join(pool.imap(work, 'ABC'))}")  # (2)!
        print(f"map: {pool.map(work, 'ABC')}")
        print(f"apply_async: {pool.apply_async(work, ('A',)).get()}")

    for chunksize in (1, 2):
        with spawn.Pool(1, maxtasksperchild=2) as pool:
            pids = pool.map(pid, range(4), chunksize)  # (3)!
            print(f"chunksize={chunksize}: 4 calls, {len(set(pids))} process(es)")


if __name__ == "__main__":
    main()
