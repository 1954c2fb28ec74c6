"""Exercises on coroutines in processes."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, Future
from typing import Any

from live.exercising.program import Program, expect

ROUNDS = 50
"""Turns of the event loop after which nobody will hand in more work."""


def coroutine_in_a_pool(program: Program) -> None:
    """The parent gets 49, which the coroutine fetched in a process of the pool."""
    ran = program.run()
    expect(ran.exit_code == 0, f"exit code {ran.exit_code}: {ran.last}")
    expect(ran.lines == ["fetched: 49"], f"it said: {ran.last}")


def one_at_a_time(program: Program) -> None:
    """All work is with the pool before any of it is waited for, and the results come in the order of what was given."""
    pool = PatientPool()
    results = asyncio.run(_with(pool, program))
    expect(pool.at_once == 3, f"of three pieces of work, at most {pool.at_once} were with the pool at the same time")
    expect(results == [("done", number) for number in (1, 2, 3)], f"the results were {results}")


async def _with(pool: PatientPool, program: Program) -> list[Any]:
    module = program.load()
    working = asyncio.ensure_future(module.compute_all(pool, [1, 2, 3]))
    while not working.done():
        for _ in range(ROUNDS):
            await asyncio.sleep(0)
        pool.finish()
    return list(await working)


class PatientPool(Executor):
    """Finishes what it was given only when it is told to, the last first."""

    def __init__(self) -> None:
        self._open: list[tuple[Future[Any], tuple[Any, ...]]] = []
        self.at_once = 0

    def submit(self, work: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._open.append((future, arguments))
        self.at_once = max(self.at_once, len(self._open))
        return future

    def finish(self) -> None:
        while self._open:
            future, arguments = self._open.pop()
            future.set_result(("done", *arguments))
