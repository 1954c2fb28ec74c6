"""In a coroutine the loop runs already: await, and start no other one."""

import asyncio
from collections.abc import Coroutine


async def answer() -> int:
    return 42


async def run_again(coroutine: Coroutine[None, None, int]) -> int:
    return asyncio.run(coroutine)  # (1)!


async def run_until_complete(coroutine: Coroutine[None, None, int]) -> int:
    return asyncio.get_running_loop().run_until_complete(coroutine)  # (2)!


async def mended(coroutine: Coroutine[None, None, int]) -> int:
    return await coroutine  # (3)!


def main() -> None:
    for way in (run_again, run_until_complete, mended):
        coroutine = answer()
        try:
            print(f"{way.__name__}: {asyncio.run(way(coroutine))}")
        except RuntimeError as error:
            print(f"{way.__name__}: RuntimeError: {error}")
        coroutine.close()  # (4)!


if __name__ == "__main__":
    main()
