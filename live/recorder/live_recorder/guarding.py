"""Keeps what is wrong in the recorder from the program."""

from __future__ import annotations

from functools import wraps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A trace function that never raises: what is wrong here must not become the program's trouble."""

    @wraps(function)
    def trace(self: Any, frame: FrameType, event: str, arg: Any) -> Any:
        try:
            return function(self, frame, event, arg)
        except RecursionError:
            return None  # the program is about to get one of its own; there is no room to say so
        except Exception as error:
            return self.trouble(error)

    return trace
