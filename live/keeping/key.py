"""The key of a run: a hash of everything that its recording depends on."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from live.keeping.dependencies import dependencies
from live.recording import SCHEMA
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet


@dataclass(frozen=True)
class State:
    """All that a run depends on, as it is at one moment."""

    key: str
    stamps: Mapping[str, tuple[int, int]]
    """By path from the project root, what changes whenever one of its files is written. A file that is changed and put
    back as it was, as by going to another branch and back, has the same hash, and may have run as it was between."""


def key_of(snippet: Snippet, runner: Runner) -> str:
    """Hash the snippet, what it imports, the interpreter, the run options and the engine, as 32 hex digits."""
    return state_of(snippet, runner).key


def state_of(snippet: Snippet, runner: Runner) -> State:
    """The key, and what tells whether any file behind it is touched from now on.

    Raises:
        SnippetError: If one of the files cannot be read.
    """
    with_what = means(snippet)
    runs_with = dependencies(snippet)
    everything = {
        "schema": SCHEMA,
        "engine": _engine(),
        "interpreter": [*with_what.python.identity, sys.platform, platform.machine()],
        "options": [runner.timeout_of(snippet), runner.output_limit, snippet.options.measure, snippet.options.launch],
        "commands": {name: _content(path) for name, path in with_what.commands.items()},
        "snippet": snippet.path,
        "files": runs_with.files,
        "distributions": runs_with.distributions,
    }
    return State(_hash(everything), runs_with.stamps)


def key_of_source(snippet: Snippet) -> str:
    """Hash only what the repository has of it: the snippet, the files it imports or reads, and how it is launched."""
    return _hash({"schema": SCHEMA, "launch": snippet.options.launch, "files": dependencies(snippet).files})


def _hash(everything: dict[str, Any]) -> str:
    return sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()[:32]


@cache
def _content(path: str) -> str:
    """Nothing tells versions of a command apart as surely as its bytes."""
    return sha256(Path(path).read_bytes()).hexdigest()


@cache
def _engine() -> str:
    """A hash of the source that decides what a recording says. Nobody has to remember to raise a version."""
    package = Path(__file__).parents[1]
    files = [
        package / "recording.py",
        package / "snippet.py",
        package / "options.py",
        *(file for folder in ("running", "recorder", "reading") for file in sorted((package / folder).rglob("*.py"))),
    ]
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
