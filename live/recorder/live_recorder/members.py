"""Puts functions in the place of methods of types that are written in C.

No wrapper object stands between the program and its locks: `type(lock)`, `repr(lock)` and `threading.Lock` stay what
they are. That these types can be changed at all is a property of CPython, where the dictionary behind
`type.__dict__` can be reached through the garbage collector; elsewhere nothing is replaced, and locks are not recorded.
"""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def replace(cls: type, name: str, make: Callable[[Any], Callable[..., Any]]) -> None:
    """Put `make(the method)` in the place of a method, if the type has one of that name itself."""
    original = cls.__dict__.get(name)
    if original is None:
        return
    for members in gc.get_referents(cls.__dict__):
        if isinstance(members, dict) and members.get(name) is original:
            replacement = make(original)
            replacement.__name__ = name
            replacement.__doc__ = getattr(original, "__doc__", None)
            members[name] = replacement
            _forget_cached_lookups()
            return


def _forget_cached_lookups() -> None:
    clear = getattr(sys, "_clear_internal_caches", None) or getattr(sys, "_clear_type_cache", None)
    if clear:
        clear()
