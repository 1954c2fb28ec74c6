"""A loop is closed while a task waits; asyncio.run() cancels what is left."""

import asyncio
import gc
from typing import Any


def report(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    print(f"{context['message']} {context['task'].get_name()}")


async def listen() -> None:
    try:
        await asyncio.sleep(20)
    except asyncio.CancelledError:
        print("listener: cancelled")
        raise


async def serve() -> None:
    asyncio.get_running_loop().set_exception_handler(report)  # (1)!
    asyncio.create_task(listen(), name="listener")  # noqa: RUF006
    await asyncio.sleep(0)  # (2)!
    print("serve() ends before its listener")


def broken() -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(serve())
    loop.close()  # (3)!
    del loop
    gc.collect()  # (4)!


def mended() -> None:
    asyncio.run(serve())  # (5)!


def main() -> None:
    broken()
    mended()


if __name__ == "__main__":
    main()
