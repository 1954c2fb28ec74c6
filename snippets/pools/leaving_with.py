"""Leaving `with`: an executor waits for its work, a Pool terminates it."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor


def work(seconds: float) -> None:
    time.sleep(seconds)
    print(f"  {seconds} s of work are done")


def main() -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn) as executor:
        future = executor.submit(work, 0.2)
    print(f"executor: done after with: {future.done()}")

    with spawn.Pool(1) as pool:
        pool.apply(abs, (-1,))  # (1)!
        result = pool.apply_async(work, (60,))
        time.sleep(0.2)
    print(f"Pool: done after with: {result.ready()}")  # (2)!

    with spawn.Pool(1) as pool:
        result = pool.apply_async(work, (0.1,))
        pool.close()  # (3)!
        pool.join()
    print(f"Pool, close() and join(): {result.ready()}")


if __name__ == "__main__":
    main()
