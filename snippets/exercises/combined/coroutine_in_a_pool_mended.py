"""A process pool runs a coroutine to its end; the parent gets its result."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor


async def fetch(number: int) -> int:
    await asyncio.sleep(0.05)
    return number * number


def run_fetch(number: int) -> int:
    return asyncio.run(fetch(number))  # (1)!


def fetch_in_a_process(pool: ProcessPoolExecutor, number: int) -> int:
    return pool.submit(run_fetch, number).result()


def main() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        print(f"fetched: {fetch_in_a_process(pool, 7)}")


if __name__ == "__main__":
    main()
