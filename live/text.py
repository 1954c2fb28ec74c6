"""Makes visible what a program printed but nobody could see."""

from __future__ import annotations

import re

_UNDECODED = re.compile("[\udc80-\udcff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def decoded(text: str) -> str:
    r"""Bytes that were not UTF-8, kept as lone surrogates, as `\xff`."""
    return _UNDECODED.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", text)


def plain(text: str) -> str:
    r"""Also control characters as `\x1b`, so that a terminal shows them instead of obeying them."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", decoded(text))
