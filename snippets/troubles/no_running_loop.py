"""A worker thread has no event loop, but can hand work to another's."""

import asyncio
from collections.abc import Callable


async def answer() -> int:
    return 42


def ask_running(_: asyncio.AbstractEventLoop) -> int:
    asyncio.get_running_loop()  # (1)!
    return 0


def ask_current(_: asyncio.AbstractEventLoop) -> int:
    asyncio.get_event_loop()
    return 0


def mended(loop: asyncio.AbstractEventLoop) -> int:
    return asyncio.run_coroutine_threadsafe(answer(), loop).result()  # (2)!


async def show(way: Callable[[asyncio.AbstractEventLoop], int]) -> None:
    loop = asyncio.get_running_loop()
    try:
        print(f"{way.__name__}: {await asyncio.to_thread(way, loop)}")  # (3)!
    except RuntimeError as error:
        print(f"{way.__name__}: RuntimeError: {error}")


def main() -> None:
    for way in (ask_running, ask_current, mended):
        asyncio.run(show(way))


if __name__ == "__main__":
    main()
