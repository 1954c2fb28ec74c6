"""Exercises on asyncio."""

from __future__ import annotations

import asyncio
import io
from contextlib import redirect_stdout

from live.exercising.program import Program, expect
from tests.exercises.loop import play

LONG = 500.0
"""Seconds on the stage that a mail takes."""


def mail_left_behind(program: Program) -> None:
    """When confirm() returns, every mail is sent, however long that takes, and no mail has waited for another."""
    module = program.load()
    sent: list[str] = []

    async def send(mail: str, sent: list[str]) -> None:
        await asyncio.sleep(LONG)
        sent.append(mail)

    module.send = send
    with redirect_stdout(io.StringIO()):
        _, took = play(module.confirm(["Ann", "Bob"], sent))
    expect(sorted(sent) == ["mail to Ann", "mail to Bob"], f"of two mails {len(sent)} were sent before it returned")
    expect(took < 2 * LONG, "the mails were sent one after the other")


def deaf_to_cancellation(program: Program) -> None:
    """A request that fails is tried again, and it all stops as soon as it is cancelled."""
    module = program.load()
    begun: list[int] = []

    async def fetch(attempt: int) -> str:
        begun.append(attempt)
        await asyncio.sleep(1)
        if attempt < 3:
            raise ConnectionError(attempt)
        return "the page"

    async def within(limit: float) -> str:
        try:
            async with asyncio.timeout(limit):
                return str(await module.fetch_patiently())
        except TimeoutError:
            return "stopped"

    module.fetch = fetch
    with redirect_stdout(io.StringIO()):
        page, took = play(within(10))
        expect((page, took) == ("the page", 3), f"the third attempt succeeds, and after {took:g} s it said: {page}")
        said, took = play(within(1.5))
    came = f"it was cancelled after 1.5 s in attempt 2, and after {took:g} s in attempt {begun[-1]} it said: {said}"
    expect((said, took) == ("stopped", 1.5), came)
