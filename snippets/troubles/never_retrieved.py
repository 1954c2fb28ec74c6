"""What a task raised is told only when the task is thrown away."""

import asyncio
import gc


async def save() -> None:
    int("seven")


async def broken() -> None:
    task = asyncio.create_task(save())
    await asyncio.sleep(0)  # (1)!
    print(f"broken: goes on, task done: {task.done()}")


async def mended() -> None:
    try:
        async with asyncio.TaskGroup() as group:  # (2)!
            group.create_task(save())
    except* ValueError as errors:
        print("mended:", *errors.exceptions)


def main() -> None:
    asyncio.run(broken())
    gc.collect()  # (3)!
    asyncio.run(mended())


if __name__ == "__main__":
    main()
