"""100 tasks read, wait and write: without a lock, updates get lost."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext


class Counter:
    def __init__(self, lock: AbstractAsyncContextManager) -> None:
        self.value = 0
        self.lock = lock

    async def add_at_once(self) -> None:
        value = self.value
        self.value = value + 1  # (1)!

    async def add(self) -> None:
        async with self.lock:
            value = self.value
            await asyncio.sleep(0)  # (2)!
            self.value = value + 1


async def hundred(add: Callable[[], Awaitable[None]]) -> None:
    await asyncio.gather(*(add() for _ in range(100)))


async def count() -> None:
    at_once, unlocked, locked = Counter(nullcontext()), Counter(nullcontext()), Counter(asyncio.Lock())
    for add in (at_once.add_at_once, unlocked.add, locked.add):  # (3)!
        await hundred(add)
    print(f"no switch between read and write: {at_once.value}")
    print(f"a switch, without a lock: {unlocked.value}")
    print(f"a switch, with a lock: {locked.value}")


def main() -> None:
    asyncio.run(count())


if __name__ == "__main__":
    main()
