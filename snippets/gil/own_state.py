# /// script
# requires-python = ">=3.14"
# ///
"""Two interpreters in one process: each has its own modules, and queues carry copies."""

import json
import os
import threading
from concurrent import interpreters
from concurrent.interpreters import Queue


def work(pid: int, jobs: Queue, done: Queue) -> None:
    print(f"worker: same process {os.getpid() == pid}, interpreter {interpreters.get_current().id}")
    print(f"worker: json has the mark {hasattr(json, 'mark')}")  # (1)!
    while (job := jobs.get()) is not None:
        job.append("worker")
        done.put(job)


def main() -> None:
    json.mark = "main"  # type: ignore[attr-defined]
    print(f"main: interpreter {interpreters.get_current().id}")
    jobs, done = interpreters.create_queue(), interpreters.create_queue()
    worker = interpreters.create()
    thread = worker.call_in_thread(work, os.getpid(), jobs, done)  # (2)!
    job = ["main"]
    jobs.put(job)
    print(f"main: got back {done.get()}, still has {job}")  # (3)!
    try:
        jobs.put(threading.Lock())  # (4)!
    except interpreters.NotShareableError as error:
        print(f"main: {type(error).__name__}")
    jobs.put(None)
    thread.join()
    worker.close()  # (5)!
    print(f"main: {len(interpreters.list_all())} interpreter left")


if __name__ == "__main__":
    main()
