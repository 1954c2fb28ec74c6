"""A task that tidies up, one that swallows its cancellation, and one in a shield."""

import asyncio


async def tidy(begun: asyncio.Event) -> None:
    try:
        begun.set()
        await asyncio.Event().wait()  # (1)!
    finally:
        print("tidy: finally has run")


async def stubborn(begun: asyncio.Event) -> str:
    try:
        begun.set()
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        print("stubborn: swallows CancelledError")  # (2)!
    return "went on to the end"


async def save() -> str:
    await asyncio.sleep(0.1)
    return "saved"


async def show() -> None:
    for work in (tidy, stubborn):
        begun = asyncio.Event()
        task: asyncio.Task[str | None] = asyncio.create_task(work(begun))
        await begun.wait()
        task.cancel()
        print(f"main: asked {work.__name__} to stop, done: {task.done()}")  # (3)!
        await asyncio.wait({task})  # (4)!
        print(f"main: {work.__name__} cancelled: {task.cancelled()}")

    inner = asyncio.create_task(save())  # (5)!
    outer = asyncio.shield(inner)
    outer.cancel()
    await asyncio.wait({outer})
    print(f"main: outside cancelled: {outer.cancelled()}, inside: {await inner}")


def main() -> None:
    asyncio.run(show())


if __name__ == "__main__":
    main()
