"""A process pool calls a coroutine function; the parent should get its result."""

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor


async def fetch(number: int) -> int:  # (1)!
    await asyncio.sleep(0.05)
    return number * number


def fetch_in_a_process(pool: ProcessPoolExecutor, number: int) -> int:
    return pool.submit(fetch, number).result()


def main() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        print(f"fetched: {fetch_in_a_process(pool, 7)}")


if __name__ == "__main__":
    main()
