"""Exercises on coroutines."""

from __future__ import annotations

import asyncio
import threading
from importlib.util import find_spec
from types import ModuleType

from live.exercising.program import CannotCheck, Program, expect


def blocked_loop(program: Program) -> None:
    """While read() waits for the slow disk, the event loop lets other coroutines go on."""
    module = program.load()
    expect(asyncio.run(_read_meanwhile(module)) == "the file", "read() does not return what was read")


async def _read_meanwhile(module: ModuleType) -> str:
    """Call read() with a disk that answers only after another coroutine had its turn."""
    loop, turn, calls = threading.get_ident(), threading.Event(), list[str]()

    def read_slowly() -> str:
        calls.append("read")
        expect(threading.get_ident() != loop, "read() blocks the thread of the event loop: nobody else has a turn")
        turn.wait()
        return "the file"

    module.read_slowly = read_slowly
    reading = asyncio.ensure_future(module.read())
    while not reading.done() and not turn.is_set():
        await asyncio.sleep(0)
        turn.set()
    content: str = await reading
    expect(calls == ["read"], "read() does not call read_slowly() once, as it did")
    return content


def patch_too_late(program: Program) -> None:
    """All three greet before any of them is done waiting: sleep() is that of gevent."""
    if not find_spec("gevent"):
        raise CannotCheck("gevent is not here")
    ran = program.run()
    expect(ran.exit_code == 0, f"exit code {ran.exit_code}: {ran.last}")
    order = [line.rpartition(" ")[2] for line in ran.lines]
    expect(order == ["waits"] * 3 + ["goes"] * 3, f"the order was: {', '.join(ran.lines)}")
