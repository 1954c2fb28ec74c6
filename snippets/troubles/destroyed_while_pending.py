"""A loop is closed while a task still waits; asyncio.run() cancels what is left."""

import asyncio
import gc


async def listen() -> None:
    try:
        await asyncio.sleep(20)
    except asyncio.CancelledError:
        print("listener: cancelled")
        raise


async def serve() -> None:
    asyncio.create_task(listen(), name="listener")  # noqa: RUF006
    await asyncio.sleep(0)  # (1)!
    print("serve() ends before its listener")


def broken() -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(serve())
    loop.close()  # (2)!
    del loop
    gc.collect()  # (3)!


def mended() -> None:
    asyncio.run(serve())  # (4)!


def main() -> None:
    broken()
    mended()


if __name__ == "__main__":
    main()
