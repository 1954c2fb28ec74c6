"""Writes down what lanes wait for: of waits inside each other the outermost, and not while the program itself runs."""

from __future__ import annotations

from time import monotonic_ns as now

from .journal import Journal
from .stacks import is_handler
from .things import Things

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from .lanes import Lane


class Wait:
    """The outermost wait of a lane."""

    __slots__ = ("condition", "lent", "subject", "what")

    def __init__(self, what: str, subject: Any, condition: Any) -> None:
        self.what, self.subject = what, subject
        self.condition = condition
        """What is waited for, if its lock is given away for so long."""
        self.lent: tuple[int, int] | None = None
        """Number of that lock, and how deep it was held."""


class Waits:
    """The waits of all lanes of this process."""

    def __init__(self, journal: Journal, things: Things) -> None:
        self.things, self.put = things, journal.put
        self._interrupted: dict[int, tuple[Lane, int, Wait | None]] = {}
        """By frame of the program that a wait called: whose wait, and what it was in."""

    def begin(self, lane: Lane, what: str, subject: Any, condition: Any = None) -> None:
        """The lane waits, for something else already if it is busy."""
        if not lane.busy:
            lane.wait = Wait(what, subject, condition)
            self._go_on(lane, lane.wait)
        lane.busy += 1

    def end(self, lane: Lane, result: Any) -> None:
        """The end of what `begin` began, with what the event `go` has to say."""
        lane.busy = max(0, lane.busy - 1)
        if not lane.busy and lane.wait is not None:
            self._stop(lane, lane.wait, result)
            lane.wait = None

    def interrupt(self, frame: FrameType, lane: Lane) -> None:
        """What waits calls a function of the program: a predicate, a callback, the handler of a signal."""
        self._interrupted[id(frame)] = (lane, lane.busy, lane.wait)
        if lane.wait is not None:
            self._stop(lane, lane.wait, "interrupted" if is_handler(frame) else None)
        lane.busy, lane.wait = 0, None

    def resume(self, frame: FrameType) -> None:
        """That function is left; the wait goes on, but not if an exception ends it as well."""
        if found := self._interrupted.pop(id(frame), None):
            lane, busy, wait = found
            lane.busy = busy
            if wait is not None and returns(frame):
                lane.wait = wait
                self._go_on(lane, wait)

    def forget(self, frame: FrameType) -> None:
        """A frame has begun, so whatever is known of another one in its place is over."""
        if self._interrupted:
            self._interrupted.pop(id(frame), None)

    def _go_on(self, lane: Lane, wait: Wait) -> None:
        if wait.condition is not None:
            wait.lent = self.things.lend(lane, wait.condition)
        self.put("wait", now(), lane.number, wait.what, wait.subject)

    def _stop(self, lane: Lane, wait: Wait, result: Any) -> None:
        self.put("go", now(), lane.number, result)
        if wait.lent:
            self.things.take_back(lane, *wait.lent)


def returns(frame: FrameType) -> bool:
    """Whether a frame that is left returns, and does not raise."""
    from opcode import opmap  # most programs interrupt nothing

    returning = (opmap["RETURN_VALUE"], opmap.get("RETURN_CONST"))
    return frame.f_code.co_code[frame.f_lasti] in returning
