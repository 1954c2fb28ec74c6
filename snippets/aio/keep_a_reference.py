"""The event loop keeps no task alive: one that nobody keeps can vanish."""

import asyncio
import gc
import weakref
from typing import Any


async def listen() -> None:
    await asyncio.get_running_loop().create_future()  # (1)!


def report(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    print(f"event loop: {context['message']}")


async def show() -> None:
    asyncio.get_running_loop().set_exception_handler(report)  # (2)!
    kept = {asyncio.create_task(listen())}
    for task in kept:
        task.add_done_callback(kept.discard)  # (3)!
    lost = weakref.ref(asyncio.create_task(listen()))  # (4)!
    await asyncio.sleep(0)
    print(f"tasks: {len(asyncio.all_tasks())}, the main task among them")
    gc.collect()  # (5)!
    print(f"tasks after a collection: {len(asyncio.all_tasks())}, lost: {lost() is None}")
    for task in list(kept):
        task.cancel()
    await asyncio.wait(list(kept))
    print(f"still kept after the end: {len(kept)}")


def main() -> None:
    asyncio.run(show())


if __name__ == "__main__":
    main()
