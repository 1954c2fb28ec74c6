"""Which snippets did not do what their pages say, in one list that tells how to mend them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from live.errors import LiveError
from live.pages.scan import Use
from live.recording import Recording
from live.text import in_one_line, plain
from live.traces import last_lines

SHOWN_LINES = 10
SHOWN_WIDTH = 160


@dataclass(frozen=True)
class Failure:
    """One snippet that failed, or one block that cannot be shown."""

    what: str
    """The snippet's path, or the place of the block where it has none."""
    places: tuple[str, ...]
    """Pages and lines that show it."""
    expected: str
    got: str
    where: tuple[str, ...] = ()
    """The last line of each thread, where it was stopped."""
    output: tuple[str, ...] = ()
    """The last lines it printed."""

    def __str__(self) -> str:
        rows = [("shown in", self.places), ("expected", (self.expected,)), ("got", (self.got,))]
        rows += [("stood at", self.where), ("printed", tuple(f"| {line}" for line in self.output))]
        text = [self.what]
        for label, values in rows:
            text += [f"  {label if first else '':<10}{value}" for first, value in _with_first(values)]
        return "\n".join(text)


NOT_HERE = {
    "html": "its output is always shown as text",
    "session": "each program is a file of its own",
    "workdir": "each run has an empty working directory of its own",
    "width": "its output is not bound to a terminal",
}
"""Options of markdown-exec that make no sense for a program that runs from its file, and why."""

SOURCES = ("above", "below", "block", "tabbed-left", "tabbed-right", "")
"""Where markdown-exec can put the code; its `console` would mix it with the output."""


def objection(use: Use) -> Failure | None:
    """What is wrong with the block itself, whatever its program does."""
    places = (use.place,)
    if use.path is None:
        wanted = 'a program from its file, as in: --8<-- "snippets/threads/daemon.py"'
        return Failure(use.place, places, wanted, "a block that includes no file under snippets/")
    for option in NOT_HERE.keys() & use.options.keys():
        return Failure(use.path, places, f"no option {option}: {NOT_HERE[option]}", f'{option}="{use.options[option]}"')
    if use.options.get("source", "") not in SOURCES:
        wanted = f"source as one of {', '.join(SOURCES[:-1])}"
        return Failure(use.path, places, wanted, f'source="{use.options["source"]}"')
    if use.exit_code is None:
        return Failure(use.path, places, "a whole number as returncode", f'returncode="{use.options["returncode"]}"')
    return None


def judge(use: Use, recorded: Recording | LiveError) -> Failure | None:
    """What is wrong with the program that `use` shows, if anything is."""
    places = (use.place,)
    if isinstance(recorded, LiveError):
        message = str(recorded).removeprefix(f"{use.path}: ")
        return Failure(use.path or use.place, places, "a program that can be run", message)
    if recorded.exit_code == use.exit_code:
        return None
    return Failure(
        recorded.snippet,
        places,
        f"exit code {use.exit_code} within {recorded.timeout:g} s",
        ending(recorded),
        tuple(last_lines(recorded.traces)),
        tuple(plain(line)[:SHOWN_WIDTH] for line in recorded.lines[-SHOWN_LINES:]) or ("(nothing)",),
    )


def touched(use: Use) -> Failure:
    """Its program was changed while the site was built, so that code and output may not belong together."""
    wanted = "files that stay as they are while the site is built"
    return Failure(
        use.path or use.place, (use.place,), wanted, "a change to it, or to a file it runs with; build again"
    )


def ending(recording: Recording) -> str:
    """How the run ended, in words."""
    code = recording.exit_code
    if code is None:
        return f"still running after {recording.timeout:g} s, and stopped"
    if recording.crowd:
        return f"more than {recording.crowd} processes at once, and stopped"
    return f"killed by {recording.signal}" if recording.signal else f"exit code {code}"


def merged(failures: Iterable[Failure]) -> list[Failure]:
    """One failure for each snippet and complaint, with all the places that show it."""
    groups: dict[tuple[str, str, str], list[Failure]] = {}
    for failure in failures:
        groups.setdefault((failure.what, failure.expected, failure.got), []).append(failure)
    return [_join(group) for group in groups.values()]


def _join(group: list[Failure]) -> Failure:
    first = group[0]
    places = tuple(dict.fromkeys(place for failure in group for place in failure.places))
    return Failure(first.what, places, first.expected, first.got, first.where, first.output)


def report(failures: Iterable[Failure]) -> str:
    """The list of all failures, for a terminal."""
    all_of_them = merged(failures)
    count = len(all_of_them)
    head = "1 snippet" if count == 1 else f"{count} snippets"
    head += " did not do what the pages say."
    hint = "Run one alone with: python -m live run PATH"
    return "\n\n".join([head, *map(str, all_of_them), hint])


def leftovers(recordings: Mapping[str, Recording | LiveError]) -> list[str]:
    """A warning for each snippet that left processes running."""
    return [
        f"{path} left {len(recorded.leftovers)} process{'es' if len(recorded.leftovers) > 1 else ''} running, "
        f"now killed: {'; '.join(in_one_line(line)[:SHOWN_WIDTH] for line in recorded.leftovers[:3])}. "
        "Have it wait for its children, or end them."
        for path, recorded in recordings.items()
        if isinstance(recorded, Recording) and recorded.leftovers
    ]


def _with_first(values: tuple[str, ...]) -> list[tuple[bool, str]]:
    return [(index == 0, value) for index, value in enumerate(values)]
