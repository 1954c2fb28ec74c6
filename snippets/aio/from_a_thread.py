"""Another thread reaches the event loop only through the methods made for it."""

import asyncio
import threading
from asyncio import AbstractEventLoop


async def double(number: int) -> int:
    await asyncio.sleep(0.05)
    return 2 * number


def ask(loop: AbstractEventLoop, finished: asyncio.Event) -> None:
    future = asyncio.run_coroutine_threadsafe(double(21), loop)  # (1)!
    print(f"thread: run_coroutine_threadsafe() gave {future.result()}")  # (2)!
    try:
        loop.call_soon(int)  # (3)!
        print("thread: call_soon() went unnoticed")
    except RuntimeError as error:
        print(f"thread: call_soon() raised {error!r}")
    loop.call_soon_threadsafe(finished.set)  # (4)!


async def show() -> None:
    loop = asyncio.get_running_loop()
    print(f"debug mode: {loop.get_debug()}")
    finished = asyncio.Event()
    thread = threading.Thread(target=ask, args=(loop, finished))
    thread.start()
    await finished.wait()  # (5)!
    thread.join()


def main() -> None:
    for debug in (False, True):
        asyncio.run(show(), debug=debug)


if __name__ == "__main__":
    main()
