"""A piece that only computes goes to another process; the event loop goes on."""

import asyncio
import multiprocessing
import os
from collections.abc import Awaitable
from concurrent.futures import ProcessPoolExecutor


def compute() -> int:
    sum(number * number for number in range(100_000))
    return os.getpid()


async def directly() -> int:
    return compute()  # (1)!


async def in_a_process(pool: ProcessPoolExecutor) -> int:
    return await asyncio.get_running_loop().run_in_executor(pool, compute)  # (2)!


async def take_a_turn(turns: list[str]) -> None:
    turns.append("another task")


async def report(name: str, work: Awaitable[int]) -> None:
    turns: list[str] = []
    other = asyncio.create_task(take_a_turn(turns))  # (3)!
    place = "this process" if await work == os.getpid() else "another process"
    print(f"{name}: computed in {place}, meanwhile had a turn: {turns}")
    await other


async def compare() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:  # (4)!
        await report("directly", directly())
        await report("run_in_executor", in_a_process(pool))


def main() -> None:
    asyncio.run(compare())


if __name__ == "__main__":
    main()
