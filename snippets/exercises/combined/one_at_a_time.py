"""Two pieces of work are given to two processes; both should be under way together."""

import asyncio
import multiprocessing
import time
from concurrent.futures import Executor, ProcessPoolExecutor


def compute(seconds: float) -> tuple[float, float]:
    begun = time.time()
    time.sleep(seconds)  # (1)!
    return begun, time.time()


async def compute_all(pool: Executor, times: list[float]) -> list[tuple[float, float]]:
    loop = asyncio.get_running_loop()
    return [await loop.run_in_executor(pool, compute, seconds) for seconds in times]


def main() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        list(pool.map(compute, [0.1, 0.1]))  # (2)!
        first, second = asyncio.run(compute_all(pool, [0.2, 0.2]))
    print(f"the second began before the first had ended: {second[0] < first[1]}")


if __name__ == "__main__":
    main()
