"""Makes visible what a program printed, or called its threads, but nobody could see."""

from __future__ import annotations

import re

_UNDECODED = re.compile("[\udc80-\udcff]")
_HALVES = re.compile("[\ud800-\udfff]")
# No file in UTF-8 can have the former, and no HTML or XML the latter.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("[\u2028\u2029]")


def decoded(text: str) -> str:
    r"""Bytes that were not UTF-8, kept as lone surrogates, as `\xff`; other halves of characters as `\ud800`."""
    return _HALVES.sub(_escaped, _UNDECODED.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", text))


def plain(text: str) -> str:
    r"""Also control characters as `\x1b`, so that a terminal shows them instead of obeying them."""
    return _CONTROL.sub(_escaped, decoded(text))


def in_one_line(text: str) -> str:
    r"""Also line ends and tabs as `\n` and `\t`: for names, of which a program may make anything."""
    return _LINE_ENDS.sub(_escaped, plain(text).replace("\n", r"\n").replace("\t", r"\t"))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
