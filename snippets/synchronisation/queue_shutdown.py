# /// script
# requires-python = ">=3.13"
# ///

"""Since Python 3.13, a queue can be shut down: no marker for each worker."""

import queue
import threading


def work(jobs: queue.Queue[int], results: list[int]) -> None:
    while True:
        try:
            job = jobs.get()
        except queue.ShutDown:  # (1)!
            return
        results.append(job * job)
        jobs.task_done()


def run(names: str, immediate: bool) -> str:
    jobs: queue.Queue[int] = queue.Queue()
    results: list[int] = []
    for job in range(4):
        jobs.put(job)
    jobs.shutdown(immediate)  # (2)!
    workers = [threading.Thread(target=work, args=(jobs, results), name=name) for name in names]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()  # (3)!
    jobs.join()  # (4)!
    try:
        jobs.put(4)  # (5)!
    except queue.ShutDown:
        return f"done {sorted(results)}, put() raises ShutDown"
    return f"done {sorted(results)}"


def main() -> None:
    print(f"shutdown(): {run('AB', immediate=False)}")
    print(f"shutdown(immediate=True): {run('CD', immediate=True)}")


if __name__ == "__main__":
    main()
