"""What is known during one build of the site: which page shows which program, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from live.batch import Batch
from live.engine import Engine
from live.errors import LiveError
from live.pages.failures import Failure, judge, objection, touched
from live.pages.glossary import Finder
from live.pages.scan import Use
from live.progress import Progress
from live.recording import Recording


@dataclass(frozen=True)
class Written:
    """A page that is in the site, but for its runs."""

    file: Path
    url: str
    """Its address from the root of the site."""
    language: str


@dataclass
class Build:
    """What one build, of all languages, knows."""

    uses: dict[str, list[Use]] = field(default_factory=dict)
    """By page, in order."""
    batches: list[Batch] = field(default_factory=list)
    """What runs for this build: one batch for all pages, and more only if a page turns out to show more."""
    started: set[str] = field(default_factory=set)
    """Paths of the snippets in the batches."""
    objections: list[Failure] = field(default_factory=list)
    """What is wrong on pages besides their programs."""
    written: dict[Written, tuple[bool, int]] = field(default_factory=dict)
    """The pages without their runs; and what says how long each will have to wait for them."""
    finders: dict[str, Finder] = field(default_factory=dict)
    """By the folder of a language, what finds the terms of its glossary."""
    depth: int = 0
    """mkdocs-static-i18n builds each further language inside the build of the first."""

    def start(
        self, engine: Engine, wanted: Iterable[Use], urgent: Collection[str] = (), progress: Progress | None = None
    ) -> None:
        """Begin to run the programs that are not in a batch yet.

        Args:
            engine: Runs them.
            wanted: Blocks that show them.
            urgent: Paths of those to be run before all others.
            progress: Told about each run.
        """
        codes: dict[str, set[int]] = {}
        for use in wanted:
            if use.path and use.path not in self.started and objection(use) is None:
                codes.setdefault(use.path, set()).add(use.exit_code or 0)
        if codes:
            self.started |= codes.keys()
            self.batches.append(engine.start(codes, progress, urgent))

    def failure(self, use: Use) -> Failure | None:
        """What is wrong with a block or its program, if anything is."""
        recorded = self.recorded(use.path)
        return objection(use) or (judge(use, recorded) if recorded else None)

    def recorded(self, path: str | None) -> Recording | LiveError | None:
        """What came of the program at that path; waits until it is done."""
        results = (batch.get(path) for batch in self.batches) if path else ()
        return next((result for result in results if result), None)

    def recordings(self) -> dict[str, Recording | LiveError]:
        """What came of all programs, by path; waits until they are done."""
        return dict(chain.from_iterable(batch.finish().items() for batch in self.batches))

    def object_to_touched(self, is_touched: Callable[[str], bool]) -> None:
        """Object to each use of a program that was changed during this build."""
        found = {path for path in self.started if is_touched(path)}
        self.objections += [touched(use) for use in self.all_uses() if use.path in found]

    @property
    def failures(self) -> list[Failure]:
        """What is wrong with all of them, and with the pages that show them."""
        return [failure for use in self.all_uses() if (failure := self.failure(use))] + self.objections

    def all_uses(self) -> Iterator[Use]:
        """The uses of all pages."""
        return chain.from_iterable(self.uses.values())
