"""An event loop whose time passes only when no task can go on, as that of a stage does for threads."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

from live.exercising.program import broken


class _Clock(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Waits for no time: when there is nothing else to wait for, the time is later at once."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            broken("all tasks wait for ever")
        if not ready:
            self.now += timeout or 0.0
        return list(ready)


class StageLoop(asyncio.SelectorEventLoop):
    """For programs without threads of their own: they would be taken for nobody who could go on."""

    def __init__(self) -> None:
        self._clock = _Clock()
        super().__init__(self._clock)

    def time(self) -> float:
        """Seconds on the stage."""
        return self._clock.now


def play(main: Coroutine[Any, Any, Any]) -> tuple[Any, float]:
    """As `asyncio.run`; what came of it, and the seconds that passed on the stage."""
    with asyncio.Runner(loop_factory=StageLoop) as runner:
        loop = runner.get_loop()
        begun = loop.time()
        return runner.run(main), loop.time() - begun
