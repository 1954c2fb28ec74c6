"""A worker is told by an event that there are jobs; it does all of them."""

import threading
import time


def work(ready: threading.Event, jobs: list[str], done: list[str]) -> None:
    while "last" not in done:
        ready.wait()
        ready.clear()  # (1)!
        while jobs:
            done.append(jobs.pop(0))
        time.sleep(0.6)


def send(ready: threading.Event, jobs: list[str]) -> None:
    for job in ("first", "last"):
        jobs.append(job)
        ready.set()
        time.sleep(0.3)


def main() -> None:
    ready, jobs, done = threading.Event(), list[str](), list[str]()
    worker = threading.Thread(target=work, args=(ready, jobs, done), daemon=True)
    worker.start()
    send(ready, jobs)
    worker.join()
    print(f"done: {done}, left: {jobs}")


if __name__ == "__main__":
    main()
