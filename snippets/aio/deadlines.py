"""timeout() and wait_for() cancel what is too slow; wait() only stops waiting."""

import asyncio


async def forever(way: str) -> None:
    try:
        await asyncio.Event().wait()  # (1)!
    except asyncio.CancelledError:
        print(f"{way}: what was inside was cancelled")
        raise


async def show(seconds: float = 0.1) -> None:
    try:
        async with asyncio.timeout(seconds) as deadline:  # (2)!
            await forever("timeout()")
    except TimeoutError:
        print(f"timeout(): TimeoutError, expired: {deadline.expired()}")

    try:
        await asyncio.wait_for(forever("wait_for()"), seconds)
    except TimeoutError:
        print("wait_for(): TimeoutError")

    task = asyncio.create_task(forever("wait()"))
    done, pending = await asyncio.wait({task}, timeout=seconds)  # (3)!
    print(f"wait(): done {len(done)}, pending {len(pending)}, nothing raised")
    task.cancel()  # (4)!
    await asyncio.wait({task})


def main() -> None:
    asyncio.run(show())


if __name__ == "__main__":
    main()
