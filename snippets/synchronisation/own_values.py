"""A thread-local value belongs to a thread, a context variable to a context."""

import asyncio
import contextvars
import sys
import threading
from collections.abc import Callable

local = threading.local()
user = contextvars.ContextVar("user", default="nobody")


def look() -> str:
    return f"local {getattr(local, 'user', 'nobody')}, context {user.get()}"  # (1)!


def in_thread(function: Callable[[], str]) -> str:
    seen: list[str] = []
    thread = threading.Thread(target=lambda: seen.append(function()))
    thread.start()
    thread.join()
    return seen[0]


async def serve(name: str) -> str:
    local.user = name
    user.set(name)
    await asyncio.sleep(0)  # (2)!
    return look()


async def two_tasks() -> list[str]:
    return await asyncio.gather(serve("Ann"), serve("Bob"))  # (3)!


def main() -> None:
    local.user = "Eve"
    user.set("Eve")
    inherit = bool(getattr(sys.flags, "thread_inherit_context", False))
    print(f"threads inherit the context: {inherit}")
    print(f"new thread: {in_thread(look)}")
    copy = contextvars.copy_context()  # (4)!
    print(f"new thread with a copy: {in_thread(lambda: copy.run(look))}")
    for seen in asyncio.run(two_tasks()):
        print(f"task: {seen}")
    print(f"main at the end: {look()}")


if __name__ == "__main__":
    main()
