"""A recording told in sentences, one for each thing that happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from live.recording import INTERRUPTED, Event, Piece, Recording
from live.replay import telling
from live.text import in_one_line

Sources = Mapping[str, Sequence[str]]
"""Lines of the files that lanes were in, by path from the project root; a file that is gone is left out."""


_ANNOTATION = re.compile(r"\s*# \(\d+\)!\s*$")


@dataclass(frozen=True)
class Moment:
    """Something that happened."""

    at: int
    """Nanoseconds since the program was started."""
    lane: int | None
    """The lane that did it, where that is known."""
    text: str
    """What it did, in a few words on one line, without its name."""


def moments(recording: Recording, sources: Sources) -> list[Moment]:
    """All events and all output, in the order in which they happened."""
    teller = _Teller(recording, sources)
    told = [Moment(event.at, event.lane, text) for event in recording.events if (text := teller.tell(event))]
    return sorted([*told, *_printed(recording.output)], key=lambda moment: moment.at)


def shown(line: str) -> str:
    """A line of a program as one line of a terminal, without an annotation's mark, which only a page makes use of."""
    return in_one_line(_ANNOTATION.sub("", line).expandtabs())


def transcript(recording: Recording, sources: Sources) -> Iterator[str]:
    """Lines for a file or a pipe: seconds since the start, lane, what happens."""
    all_moments = moments(recording, sources)
    names = [telling.lane_name(recording, moment.lane) for moment in all_moments]
    width = max(map(len, names), default=0)
    for moment, name in zip(all_moments, names, strict=True):
        yield f"{moment.at / 1e9:11.6f} s  {name:<{width}}  {moment.text}"


def _printed(output: Sequence[Piece]) -> Iterator[Moment]:
    for piece in output:
        if piece.dropped:
            yield Moment(piece.at, None, f"{piece.dropped:,} bytes of output were left out here")
        if piece.text:
            yield Moment(piece.at, piece.lane, f"prints {telling.quoted(piece.text)}")


@dataclass
class _Teller:
    """Tells events in their order: who has a lock depends on those before."""

    recording: Recording
    sources: Sources
    holders: dict[int, int] = field(default_factory=dict)
    """Lane by thing that it holds."""
    waits: dict[int, Event] = field(default_factory=dict)
    """The wait that goes on, by lane."""
    off: set[int] = field(default_factory=set)
    """Tasks that are suspended without a wait that has a name."""

    def tell(self, event: Event) -> str:
        """What the lane did; empty where that is only how it waits."""
        ways: dict[str, Callable[[Event], str]] = {
            "begin": self._begin,
            "end": lambda _: "ends",
            "line": self._line,
            "hot": self._hot,
            "wait": self._wait,
            "go": self._go,
            "acquire": self._acquire,
            "release": self._release,
            "signal": lambda event: telling.signal(self.recording, event.thing),
            "clear": lambda event: f"clears {self._thing(event)}",
            "start": lambda event: f"starts {self._name(event.other, event.lane)}",
            "switch": self._switch,
            "off": self._off,
            "on": self._on,
        }
        return ways[event.kind](event) if event.kind in ways else in_one_line(event.kind)

    def _begin(self, event: Event) -> str:
        lane = self.recording.lanes[event.lane]
        daemon = ", a daemon" if lane.daemon else ""
        return f"begins (process {lane.pid}{daemon})" if lane.kind == "process" else f"begins ({lane.kind}{daemon})"

    def _line(self, event: Event) -> str:
        self.waits.pop(event.lane, None)
        file, source = self._place(event)
        return f"{file}line {event.line}: {source}" if source else f"{file}line {event.line}"

    def _hot(self, event: Event) -> str:
        if event.thing is not None:
            return f"goes on using {telling.thing_name(self.recording, event.thing)}, not written down any more"
        return f"goes on visiting {self._place(event)[0]}line {event.line}, not written down any more"

    def _wait(self, event: Event) -> str:
        self.waits[event.lane] = event
        doing = telling.wait(self.recording, event.what, event.thing, event.other)
        holder = None if event.thing is None else self.holders.get(event.thing)
        return doing if holder is None else f"{doing}, held by {self._name(holder, event.lane)}"

    def _go(self, event: Event) -> str:
        begun = self.waits.pop(event.lane, None)
        if event.result is False:
            return "gives up waiting"
        if event.what == INTERRUPTED:
            return "is interrupted by a signal"
        return "wakes up" if begun and begun.what == "sleep" else "goes on"

    def _acquire(self, event: Event) -> str:
        if event.thing is not None:
            self.holders[event.thing] = event.lane
        return telling.acquire(self.recording, event)

    def _release(self, event: Event) -> str:
        if event.thing is not None and not event.depth:
            self.holders.pop(event.thing, None)
        return telling.release(self.recording, event)

    def _switch(self, event: Event) -> str:
        if event.other is None:
            return "" if event.lane in self.waits else telling.wait(self.recording, "hub", None, None)
        return f"makes way for {self._name(event.other, event.lane)}"

    def _off(self, event: Event) -> str:
        if event.lane in self.waits:
            return ""
        self.off.add(event.lane)
        return telling.wait(self.recording, "await", None, None)

    def _on(self, event: Event) -> str:
        if event.lane not in self.off:
            return ""
        self.off.remove(event.lane)
        return "goes on"

    def _name(self, lane: int | None, speaker: int) -> str:
        return "itself" if lane == speaker else telling.lane_name(self.recording, lane)

    def _thing(self, event: Event) -> str:
        return "something" if event.thing is None else telling.thing_name(self.recording, event.thing)

    def _place(self, event: Event) -> tuple[str, str]:
        """The file, where there is more than one, and what stands in the line."""
        if event.file is None or event.line is None:
            return "", ""
        path = self.recording.files[event.file]
        lines = self.sources.get(path, ())
        source = lines[event.line - 1] if 0 < event.line <= len(lines) else ""
        file = f"{in_one_line(PurePosixPath(path).name)} " if len(self.recording.files) > 1 else ""
        return file, shown(source).strip()
