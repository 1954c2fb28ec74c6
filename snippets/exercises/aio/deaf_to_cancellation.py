"""A request is tried again when it fails, with a deadline for everything; at the deadline, it should stop."""

import asyncio


async def fetch(attempt: int) -> str:
    await asyncio.sleep(0.4)
    raise ConnectionError(attempt)  # (1)!


async def fetch_patiently() -> str:
    for attempt in range(1, 6):
        try:
            return await fetch(attempt)
        except BaseException as error:  # (2)!
            print(f"attempt {attempt}: {error!r}")
    return "given up after five attempts"


async def fetch_in_time() -> None:
    try:
        async with asyncio.timeout(1):  # (3)!
            print(await fetch_patiently())
    except TimeoutError:
        print("stopped at the deadline")


def main() -> None:
    asyncio.run(fetch_in_time())


if __name__ == "__main__":
    main()
