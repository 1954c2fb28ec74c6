"""A call runs nothing, await runs it here, and a task runs it beside."""

import asyncio


async def step(name: str) -> str:
    print(f"{name}: begins")
    await asyncio.sleep(0.1)
    print(f"{name}: ends")
    return name


async def show() -> None:
    coroutine = step("called")  # (1)!
    print(f"main: has a {type(coroutine).__name__}, nothing has run")
    await coroutine  # (2)!
    print("main: goes on after the await")

    first = asyncio.create_task(step("first task"))  # (3)!
    second = asyncio.create_task(step("second task"))
    print("main: has two tasks, neither has begun")  # (4)!
    results = [await first, await second]
    print(f"main: results {results}")


def main() -> None:
    asyncio.run(show())


if __name__ == "__main__":
    main()
