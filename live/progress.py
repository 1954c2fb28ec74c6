"""Tells how far the runs are: a bar on a terminal, a line for each snippet elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from live.recording import Recording
from live.snippet import Snippet

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress


class Progress(Protocol):
    """What wants to know how the runs go on. Called from any thread, but never from two at a time."""

    def begin(self, snippets: int) -> None:
        """So many snippets are going to be run."""

    def done(self, snippet: Snippet, recording: Recording) -> None:
        """One of them is done."""

    def end(self) -> None:
        """All are done, or nothing more will be. May be called twice, or without `begin`."""


def seconds(nanoseconds: int) -> str:
    """`5.06 s`."""
    return f"{nanoseconds / 1e9:.2f} s"


class Lines:
    """One line for each snippet."""

    def __init__(self, say: Callable[[str], Any]) -> None:
        self.say = say
        self.total = 0
        self.count = 0

    def begin(self, snippets: int) -> None:  # noqa: D102
        self.total, self.count = snippets, 0
        self.say(f"Running {snippets} snippet{'s' if snippets > 1 else ''}")

    def done(self, snippet: Snippet, recording: Recording) -> None:  # noqa: D102
        self.count += 1
        ending = "stopped at its time limit" if recording.timed_out else seconds(recording.duration)
        if recording.exit_code:
            ending += f", exit code {recording.exit_code}"
        self.say(f"[{self.count}/{self.total}] {snippet}: {ending}")

    def end(self) -> None:  # noqa: D102
        pass


class Bar:
    """A progress bar, gone when all is done."""

    def __init__(self) -> None:
        self.bar: RichProgress | None = None

    def begin(self, snippets: int) -> None:  # noqa: D102
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task("Running snippets", total=snippets)
        self.bar.start()

    def done(self, snippet: Snippet, recording: Recording) -> None:  # noqa: D102
        assert self.bar
        self.bar.update(self.task, advance=1, description=f"{snippet} {seconds(recording.duration)}")

    def end(self) -> None:  # noqa: D102
        if self.bar:
            self.bar.stop()


def on_this_output(say: Callable[[str], Any]) -> Progress:
    """The bar where somebody watches, lines through `say` where the output goes to a file or another program."""
    return Bar() if sys.stderr.isatty() else Lines(say)
