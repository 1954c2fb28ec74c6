"""A producer slows down to the pace of its workers, and ends them with a marker each."""

import queue
import threading
import time

Jobs = queue.Queue[int | None]


def work(jobs: Jobs, results: list[int]) -> None:
    while (job := jobs.get()) is not None:  # (1)!
        time.sleep(0.1)
        results.append(job * job)
        jobs.task_done()  # (2)!


def main() -> None:
    jobs: Jobs = queue.Queue(maxsize=2)  # (3)!
    results: list[int] = []
    jobs.put(0)
    jobs.put(1)
    try:
        jobs.put(2, timeout=0.1)  # (4)!
    except queue.Full:
        print(f"full with {jobs.qsize()}")
    workers = [threading.Thread(target=work, args=(jobs, results), name=name) for name in "AB"]
    for worker in workers:
        worker.start()
    for job in range(2, 6):
        jobs.put(job)  # (5)!
    jobs.join()  # (6)!
    print(f"all done: {sorted(results)}")
    for _ in workers:
        jobs.put(None)  # (7)!
    for worker in workers:
        worker.join()
    print(f"workers alive: {[worker.is_alive() for worker in workers]}")


if __name__ == "__main__":
    main()
