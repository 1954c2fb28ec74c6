"""What lanes are called where there is little room."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, count

from live.recording import Recording
from live.text import in_one_line

_TARGET = re.compile(r" \(.*\)$")
_NUMBERED = re.compile(r"(?P<word>.*?)[-_ ]?(?P<number>\d+)")
_INITIALS = re.compile(r"(?:^|(?<=[\W_]))[^\W_]|(?<=[a-z])[A-Z]")
_SHORT = 5
"""Characters that a short name has at most, unless its number is long."""


def names(recording: Recording) -> list[str]:
    """By lane; without the function that `threading` appends, as in `Thread-1 (work)`, where that leaves no doubt."""
    full = [in_one_line(lane.name) or f"{lane.kind} {lane.number}" for lane in recording.lanes]
    bare = [_TARGET.sub("", name) or name for name in full]
    once = Counter(bare)
    return [short if once[short] == 1 else name for short, name in zip(bare, full, strict=True)]


def short_names(recording: Recording) -> list[str]:
    """By lane, for phones: `T1` for `Thread-1`, `SP3` for `SpawnProcess-3`. No two lanes share one."""
    found: dict[str, None] = {}
    for number, name in enumerate(names(recording)):
        others = (f"#{other}" for other in count(number))
        found[next(short for short in chain([_short(name)], others) if short not in found)] = None
    return list(found)


def _short(name: str) -> str:
    numbered = _NUMBERED.fullmatch(name)
    if not numbered:
        return name[:_SHORT]
    initials = "".join(_INITIALS.findall(numbered["word"])).upper() or numbered["word"][:1]
    return f"{initials[:3]}{numbered['number']}"
