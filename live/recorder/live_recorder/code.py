"""What the tracer makes of a piece of code, worked out when it is first called."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType
    from typing import Any

COROUTINE = 0x80
SUSPENDING = 0x20 | COROUTINE | 0x200
"""Flags of code that can be suspended: CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR of the module `inspect`."""


@cache
def pauses() -> tuple[int, ...]:
    """Where a suspended frame stands: at the `yield`, or from 3.13 on already at what comes behind it."""
    from opcode import opmap  # most programs suspend nothing

    return opmap["YIELD_VALUE"], opmap["RESUME"]


class Known:
    """A piece of code, and what is done when it is called."""

    __slots__ = ("act", "bytecode", "code", "counts", "file", "key", "kind", "quiet", "skipped")

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.bytecode = code.co_code if code.co_flags & SUSPENDING else b""
        self.act: Callable[[FrameType, Known], Any] | None = None
        self.kind: Any = None
        self.key = ("", "")
        """Module and qualified name, where it is not the program's own code."""
        self.file = 0
        """Number of the file, where it is the program's own code."""
        self.counts: dict[tuple[int, int], int] = {}
        self.skipped = 0
        """Visits to hot lines since the last that was written down."""
        self.quiet: set[int] = set()
        """Lanes that visit nothing but hot lines here."""

    def is_suspended(self, frame: FrameType) -> bool:
        """Whether a frame that just returned will go on later."""
        return bool(self.bytecode) and self.bytecode[frame.f_lasti] in pauses()

    def goes_on(self, frame: FrameType) -> bool:
        """Whether a frame that was just called had been suspended: the argument of RESUME says so."""
        return bool(self.bytecode) and self.bytecode[frame.f_lasti + 1] & 3 != 0

    @property
    def is_coroutine(self) -> bool:
        """Whether it is an `async def`."""
        return bool(self.code.co_flags & COROUTINE)
