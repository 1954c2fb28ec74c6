"""A process does not end while one of its threads waits for work."""

import multiprocessing
import queue
import threading


def work(jobs: queue.SimpleQueue) -> None:
    for job in iter(jobs.get, None):  # (1)!
        job()
    print("  worker ends")


def broken() -> None:
    threading.Thread(target=work, args=(queue.SimpleQueue(),)).start()
    print("  end of main")  # (2)!


def mended() -> None:
    jobs: queue.SimpleQueue = queue.SimpleQueue()
    thread = threading.Thread(target=work, args=(jobs,))
    thread.start()
    try:
        jobs.put(lambda: print("  a job is done"))
    finally:
        jobs.put(None)  # (3)!
        thread.join()


def main() -> None:
    for way, patience in ((broken, 0.5), (mended, None)):
        process = multiprocessing.Process(target=way)
        process.start()
        process.join(patience)  # (4)!
        print(f"{way.__name__}: still alive: {process.is_alive()}")
        process.kill()
        process.join()


if __name__ == "__main__":
    main()
