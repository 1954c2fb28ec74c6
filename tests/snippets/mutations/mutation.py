"""A line that is taken out of a program, and the test that has to notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutation:
    """A line without which a program no longer shows what it is there for."""

    snippet: str
    old: str
    new: str
    test: str
    """File and name of the test that notices."""

    def __str__(self) -> str:
        return f"{self.snippet}: {self.old.strip()}"
