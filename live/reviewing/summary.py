"""Everything that a summary of a change tells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from live.errors import LiveError
from live.keeping.key import key_of
from live.keeping.store import Store
from live.pages.scan import Use
from live.recording import Recording
from live.reviewing.touched import Touched, all_uses, touched_pages, touched_programs
from live.reviewing.weights import Weights, weigh
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet
from live.translating.pairs import Pair, State, all_pairs, languages


@dataclass(frozen=True)
class Ran:
    """What came of a program that a page shows."""

    path: str
    touched: bool
    """Whether the change touches it."""
    recording: Recording | None
    """None where it was not run."""
    missing: tuple[str, ...] = ()
    """What it needs and what this machine lacks."""


@dataclass(frozen=True)
class Summary:
    """What a change does, as far as it can be counted."""

    changed: bool
    """Whether it is known what was changed."""
    pages: tuple[Touched, ...]
    runs: tuple[Ran, ...]
    """Those of touched programs first, then the longest."""
    stale: tuple[Pair, ...]
    """Sections of translations that are not up to date."""
    weights: Weights
    before: Weights | None
    """Weights of the pages before the change, if they are known."""


def summarize(
    root: Path, *, site: Path, store: Store, changed: Collection[str] | None, before: Weights | None
) -> Summary:
    """Gather what is to be told of the project as it is built now.

    Args:
        root: The project.
        site: The built site.
        store: What the build kept of the programs.
        changed: Paths of the files that were changed; None where nobody knows.
        before: Weights of the pages before the change.
    """
    shown = all_uses(root)
    docs = root / "docs"
    return Summary(
        changed is not None,
        tuple(touched_pages(root, shown, changed or ())),
        tuple(sorted(_runs(root, shown, store, changed or ()), key=_order)),
        tuple(pair for language in languages(docs) for pair in all_pairs(docs, language) if pair.state != State.FRESH),
        weigh(site),
        before,
    )


def _runs(root: Path, shown: Collection[Use], store: Store, changed: Collection[str]) -> list[Ran]:
    touched = touched_programs(root, shown, changed)
    return [_ran(root, path, store, path in touched) for path in dict.fromkeys(use.path for use in shown) if path]


def _ran(root: Path, path: str, store: Store, touched: bool) -> Ran:
    try:
        snippet = Snippet.load(root, path)
        if missing := means(snippet).missing:
            return Ran(path, touched, None, missing)
        return Ran(path, touched, store.get(path, key_of(snippet, Runner())))
    except LiveError:
        return Ran(path, touched, None)


def _order(ran: Ran) -> tuple[bool, int, str]:
    return not ran.touched, -(ran.recording.duration if ran.recording else 0), ran.path
