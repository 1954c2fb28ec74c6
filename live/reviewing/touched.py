"""Which pages a change touches: those whose text it changes, and those that show a program that it changes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from live.errors import LiveError
from live.keeping.dependencies import dependencies
from live.pages.scan import Use, uses
from live.snippet import Snippet


@dataclass(frozen=True)
class Touched:
    """A page that a change touches."""

    page: str
    """`docs/zh/locks.md`."""
    text: bool
    """Whether its text was changed."""
    programs: tuple[str, ...]
    """Paths of the programs on it that were changed, or something that they import or read."""


def changed_since(root: Path, base: str) -> frozenset[str]:
    """Paths of the files that differ from those of a commit.

    Raises:
        LiveError: If git knows of no such commit.
    """
    command = ["git", "diff", "--name-only", "--no-ext-diff", "--no-renames", "-z", "--end-of-options", base, "--"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode:
        raise LiveError(f"{base}: {os.fsdecode(done.stderr).strip()}")
    return frozenset(os.fsdecode(name) for name in done.stdout.split(b"\0") if name)


def all_uses(root: Path) -> list[Use]:
    """The programs that the pages show."""
    pages = sorted((root / "docs").rglob("*.md"))
    return [use for page in pages for use in uses(page.read_text(encoding="utf-8"), page.relative_to(root).as_posix())]


def touched_programs(root: Path, shown: Collection[Use], changed: Collection[str]) -> frozenset[str]:
    """Paths of those of the programs on pages that a change touches."""
    return frozenset(use.path for use in shown if use.path and _is_touched(root, use.path, changed))


def touched_pages(root: Path, shown: Collection[Use], changed: Collection[str]) -> Iterator[Touched]:
    """Every page that a change touches, one that it removes included."""
    programs = touched_programs(root, shown, changed)
    pages = {use.page for use in shown if use.path in programs}
    pages |= {path for path in changed if path.startswith("docs/") and path.endswith(".md")}
    for page in sorted(pages):
        its = dict.fromkeys(use.path for use in shown if use.page == page and use.path in programs)
        yield Touched(page, page in changed, tuple(path for path in its if path))


def _is_touched(root: Path, path: str, changed: Collection[str]) -> bool:
    try:
        files = dependencies(Snippet.load(root, path)).files
    except LiveError:
        return path in changed  # the build says what is wrong with it
    return any(file in changed for file in files)
