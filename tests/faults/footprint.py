"""What a process of another program occupies, as Linux tells it in /proc."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Footprint:
    """Numbers of what must not accumulate."""

    threads: int
    files: int
    """Open ones, sockets and pipes included."""
    processes: int
    """Below it, at any depth, zombies included."""
    leftovers: int
    """In its folder for temporary files."""

    @classmethod
    def of(cls, pid: int, temporary: Path) -> Footprint:
        """That of the process `pid`, which has that folder to itself."""
        process = PROC / str(pid)
        return cls(
            len(list((process / "task").iterdir())),
            len(list((process / "fd").iterdir())),
            len(_below(pid)),
            len(list(temporary.iterdir())),
        )

    def within(self, other: Footprint) -> bool:
        """Whether there is of nothing more than in `other`."""
        return all(getattr(self, each.name) <= getattr(other, each.name) for each in fields(self))

    @classmethod
    def least(cls, seen: list[Footprint]) -> Footprint:
        """The least of each: a moment's request or build only ever adds to it."""
        return cls(**{each.name: min(getattr(one, each.name) for one in seen) for each in fields(cls)})


def resident(pid: int) -> int:
    """KiB of memory that the process has in RAM, its children left out (VmRSS)."""
    status = (PROC / str(pid) / "status").read_text()
    found = re.search(r"(?m)^VmRSS:\s+(\d+) kB$", status)
    assert found, status
    return int(found[1])


def _below(pid: int) -> list[int]:
    """All descendants of the process. One that ends meanwhile has none."""
    found = []
    for children in (PROC / str(pid) / "task").glob("*/children"):
        try:
            found += [int(child) for child in children.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found + [deeper for child in found for deeper in _below(child)]
