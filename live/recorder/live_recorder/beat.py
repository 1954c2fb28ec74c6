"""Tells threads that were blocked from threads that computed, by what the operating system counts."""

from __future__ import annotations

import resource
from time import monotonic_ns as now

IDLE_NS = 20_000_000
"""So long a thread that computes would not go without the processor: nobody waits so long for the GIL."""
WHO = getattr(resource, "RUSAGE_THREAD", None)


class Beat:
    """A moment in the life of a thread."""

    __slots__ = ("at", "gave_way", "lane", "used")

    def __init__(self, lane: int) -> None:
        self.lane, self.at = lane, now()
        self.used, self.gave_way = 0.0, 0
        if WHO is not None:
            usage = resource.getrusage(WHO)
            self.used = usage.ru_utime + usage.ru_stime
            """Seconds of processor time."""
            self.gave_way = usage.ru_nvcsw
            """How often it gave its core away itself. A thread that is only kept waiting for a core does not."""

    def was_blocked_since(self, before: Beat) -> bool:
        """Whether the same lane did next to nothing in between, and not because the machine is busy."""
        passed = self.at - before.at
        return (
            passed > IDLE_NS
            and before.lane == self.lane
            and self.gave_way > before.gave_way
            and (self.used - before.used) * 1e9 < passed / 10
        )
