"""What has waited in one event loop cannot wait in the next."""

import asyncio
import re


async def wait_a_moment(event: asyncio.Event) -> None:
    waiter = asyncio.create_task(event.wait())
    await asyncio.sleep(0)  # (1)!
    event.set()
    await waiter
    event.clear()


def broken() -> None:
    event = asyncio.Event()
    for _ in range(2):
        asyncio.run(wait_a_moment(event))  # (2)!
        print("broken: has waited")


async def twice() -> None:
    event = asyncio.Event()
    for _ in range(2):
        await wait_a_moment(event)
        print("mended: has waited")


def mended() -> None:
    asyncio.run(twice())  # (3)!


def main() -> None:
    try:
        broken()
    except RuntimeError as error:
        print("broken: RuntimeError:", re.sub(r" at 0x\w+", "", str(error)))
    mended()


if __name__ == "__main__":
    main()
