"""One coroutine reads from a slow disk, another counts; the counting should go on meanwhile."""

import asyncio
import time


def read_slowly() -> str:
    time.sleep(0.2)  # (1)!
    return "the file"


async def read() -> str:
    return read_slowly()


async def count(numbers: list[int]) -> None:
    for number in range(1, 4):
        numbers.append(number)
        await asyncio.sleep(0.05)


async def both() -> None:
    numbers: list[int] = []
    counting = asyncio.create_task(count(numbers))
    content = await read()
    print(f"read {content}, counted meanwhile: {numbers}")
    await counting


def main() -> None:
    asyncio.run(both())


if __name__ == "__main__":
    main()
