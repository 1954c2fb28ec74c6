"""When one fails, gather() lets the others go on and a TaskGroup cancels them."""

import asyncio


async def work(way: str) -> None:
    try:
        await asyncio.sleep(0.1)
        print(f"{way}: the sibling has finished")
    except asyncio.CancelledError:
        print(f"{way}: the sibling was cancelled")
        raise  # (1)!


async def fail(error: Exception) -> None:
    raise error


async def with_gather() -> None:
    sibling = asyncio.create_task(work("gather"))
    try:
        await asyncio.gather(sibling, fail(ValueError("first")), fail(KeyError("second")))  # (2)!
    except (ValueError, KeyError) as error:
        print(f"gather: {error!r}, the sibling is still running: {not sibling.done()}")
    await sibling


async def with_group() -> None:
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work("TaskGroup"))
            group.create_task(fail(ValueError("first")))
            group.create_task(fail(KeyError("second")))
    except* ValueError as errors:  # (3)!
        print(f"TaskGroup: except* ValueError got {errors.exceptions}")
    except* KeyError as errors:
        print(f"TaskGroup: except* KeyError got {errors.exceptions}")


def main() -> None:
    asyncio.run(with_gather())
    asyncio.run(with_group())


if __name__ == "__main__":
    main()
