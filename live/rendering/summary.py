"""The summary of a change, in the Markdown of GitHub.

Names of files and what is in them are whatever the author of the change wants them to be. They are escaped, stand on
one line, and in `<code>`, where GitHub makes no links of them and calls nobody.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from live.progress import seconds
from live.rendering.template import template
from live.reviewing.summary import Ran, Summary
from live.reviewing.weights import Weight
from live.translating.command import WHAT

ROWS = 100
"""Rows of a table at most: GitHub shows no summary of more than a megabyte."""
LONGEST = 10
"""How many programs are listed besides those that were touched."""
LENGTH = 200
"""Characters of a name at most."""
NOTABLE = 500
"""Bytes. What a program printed, and when, is a little different each time, and so are the pages."""


@dataclass(frozen=True)
class Row:
    """A page that got heavier or lighter, or is new or gone."""

    page: str
    before: int | None
    after: int | None

    @property
    def difference(self) -> int:
        """Bytes more than before."""
        return (self.after or 0) - (self.before or 0)


def render_summary(summary: Summary) -> str:
    """The summary as Markdown; every value in it is text on one line."""
    touched = [ran for ran in summary.runs if ran.touched]
    rest = [ran for ran in summary.runs if not ran.touched]
    heaviest = sorted(summary.weights.items(), key=lambda one: (-one[1].first, one[0]))
    return template("summary.md").render(
        changed=summary.changed,
        pages=[(plain(one.page), one.text, list(map(plain, one.programs[:ROWS]))) for one in summary.pages[:ROWS]],
        more_pages=max(0, len(summary.pages) - ROWS),
        runs=[(plain(ran.path), ran.touched, *_told(ran)) for ran in (*touched[:ROWS], *rest[:LONGEST])],
        more_runs=max(0, len(touched) - ROWS) + max(0, len(rest) - LONGEST),
        all_runs=len(summary.runs),
        total=seconds(sum(ran.recording.duration for ran in summary.runs if ran.recording)),
        stale=[(plain(f"{pair.language}/{pair.name}"), WHAT[pair.state]) for pair in summary.stale[:ROWS]],
        more_stale=max(0, len(summary.stale) - ROWS),
        compared=summary.before is not None,
        differing=[(plain(row.page or "/"), row) for row in _differing(summary)][:ROWS],
        heaviest=[(plain(page or "/"), weight) for page, weight in heaviest[:LONGEST]],
        kilobytes=kilobytes,
        plus=lambda number: f"{'+' if number > 0 else ''}{kilobytes(number)}",
    )


def plain(text: str) -> str:
    """The text on one line and not too long, with what cannot be seen made visible.

    Line ends would end a table, and characters that turn the direction of writing show other words than are there.
    """
    seen = "".join("\N{REPLACEMENT CHARACTER}" if _is_unseen(one) else one for one in text)
    return f"{seen[:LENGTH]}…" if len(seen) > LENGTH else seen


def _is_unseen(character: str) -> bool:
    return character != " " and unicodedata.category(character)[0] in "CZ"


def kilobytes(number: int) -> str:
    """`12.3 kB`."""
    return f"{number / 1000:.1f} kB"


def _told(ran: Ran) -> Sequence[str]:
    """How long it ran, and how it ended if not well."""
    if ran.missing:
        return "", plain(f"from the repository: this machine lacks {', '.join(ran.missing)}")
    if ran.recording is None:
        return "", "not run"
    if ran.recording.timed_out:
        return seconds(ran.recording.duration), "stopped at its time limit"
    code = ran.recording.exit_code
    return seconds(ran.recording.duration), f"exit code {code}" if code else ""


def _differing(summary: Summary) -> Iterator[Row]:
    before, after = summary.before or {}, summary.weights
    for page in sorted({*before, *after}) if summary.before is not None else ():
        row = Row(page, *(_first(weights.get(page)) for weights in (before, after)))
        if row.before is None or row.after is None or abs(row.difference) >= NOTABLE:
            yield row


def _first(weight: Weight | None) -> int | None:
    return None if weight is None else weight.first
