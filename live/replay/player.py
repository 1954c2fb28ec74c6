"""Where a replay stands: plays, pauses, steps. Knows nothing of how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 1.0
"""Seconds that a stretch in which nothing happens lasts at most while it plays."""


@dataclass
class Player:
    """A place between the first thing that happened and the last."""

    times: Sequence[int]
    """When something happened, in nanoseconds since the program was started, in order."""
    speed: float = 1.0
    """Seconds of the program in one second."""
    playing: bool = True
    place: int = 0
    """What happened last, as a place in `times`."""
    passed: float = 0.0
    """Seconds played since then."""

    @property
    def last(self) -> int:
        """The place at which it ends."""
        return max(len(self.times) - 1, 0)

    @property
    def now(self) -> int:
        """The time of the program that is shown, in nanoseconds since its start."""
        if not self.times:
            return 0
        pause = self._pause()
        return self.times[self.place] + (round(self._gap() * self.passed / pause) if pause else 0)

    @property
    def shortened(self) -> float:
        """Seconds of the stretch that is shown, if it plays faster than the others; otherwise 0."""
        gap = self._gap() / 1e9
        return gap if gap / self.speed > LONGEST else 0.0

    def tick(self, seconds: float) -> None:
        """Let time pass."""
        if not self.playing:
            return
        self.passed += seconds
        while self.place < self.last and self.passed >= self._pause():
            self.passed -= self._pause()
            self.place += 1
        if self.place == self.last:
            self.playing, self.passed = False, 0.0

    def patience(self, longest: float) -> float:
        """Seconds until something happens, at most `longest`."""
        return min(longest, max(self._pause() - self.passed, 0.0)) if self.playing else longest

    def press(self, key: str) -> None:
        """Do what the key is for: `space`, `left`, `right`, `home` or `end`; others do nothing."""
        if key == "space":
            self._play_or_pause()
        elif key in ("left", "right", "home", "end"):
            places = {"left": self.place - 1, "right": self.place + 1, "home": 0, "end": self.last}
            self.playing, self.passed = False, 0.0
            self.place = min(max(places[key], 0), self.last)

    def _play_or_pause(self) -> None:
        if self.place == self.last:
            self.place, self.passed = 0, 0.0
        self.playing = not self.playing

    def _gap(self) -> int:
        """Nanoseconds until something else happens."""
        return self.times[self.place + 1] - self.times[self.place] if self.place < self.last else 0

    def _pause(self) -> float:
        """Seconds that this takes when it plays."""
        return min(self._gap() / 1e9 / self.speed, LONGEST)
