"""Looks up in git how a section was earlier; where there is no git, nothing is known of that."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from live.translating.sections import Section, sections

MOST = 500
"""Versions of a page that are looked at."""


@dataclass(frozen=True)
class Version:
    """How a section was."""

    section: Section
    commit: str
    date: str
    """Of the commit, as 2026-11-25."""


def versions(file: Path, id: str) -> Iterator[Version]:
    """The committed states of a section, the latest first; the same state may come several times."""
    log = _git(file, "log", f"--max-count={MOST}", "--format=%h %cs", "--", file.name)
    for line in (log or "").splitlines():
        commit, date = line.split()
        text = _git(file, "show", f"{commit}:./{file.name}")
        section = next((section for section in sections(text or "") if section.id == id), None)
        if section:
            yield Version(section, commit, date)


def version(file: Path, id: str, digest: str) -> Version | None:
    """The latest state of a section with that digest."""
    return next((found for found in versions(file, id) if found.section.digest == digest), None)


def before(file: Path, now: Section) -> Version | None:
    """The state of a section before its latest change, whether that is committed yet or not."""
    return next((found for found in versions(file, now.id) if found.section.digest != now.digest), None)


def _git(file: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(file.parent), *arguments], capture_output=True, encoding="utf-8", check=True
        )
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return None
    return done.stdout
