"""A blocking call stops the event loop, and debug mode finds it; a thread helps."""

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor


def block(bell: threading.Event) -> bool:
    return bell.wait(0.8)  # (1)!


async def directly(bell: threading.Event) -> bool:
    return block(bell)


async def to_thread(bell: threading.Event) -> bool:
    return await asyncio.to_thread(block, bell)  # (2)!


async def run_in_executor(bell: threading.Event) -> bool:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, "pool") as pool:
        return await loop.run_in_executor(pool, block, bell)  # (3)!


async def ring(bell: threading.Event) -> None:
    bell.set()


async def show() -> None:
    asyncio.get_running_loop().slow_callback_duration = 0.5  # (4)!
    for way in (directly, to_thread, run_in_executor):
        bell = threading.Event()
        heard, _ = await asyncio.gather(way(bell), ring(bell))  # (5)!
        print(f"{way.__name__}: another task could ring meanwhile: {heard}")


def main() -> None:
    logging.basicConfig(format="%(name)s %(levelname)s: %(message)s")
    asyncio.run(show(), debug=True)


if __name__ == "__main__":
    main()
