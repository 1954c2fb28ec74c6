"""The key of a run: a hash of everything that its recording depends on."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from live.keeping.dependencies import dependencies
from live.recording import SCHEMA
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet


def key_of(snippet: Snippet, runner: Runner) -> str:
    """Hash the snippet, what it imports, the interpreter, the run options and the engine, as 32 hex digits."""
    with_what = means(snippet)
    everything = {
        "schema": SCHEMA,
        "engine": _engine(),
        "interpreter": [*with_what.python.identity, sys.platform, platform.machine()],
        "options": [runner.timeout_of(snippet), runner.output_limit, snippet.options.measure, snippet.options.launch],
        "commands": {name: _content(path) for name, path in with_what.commands.items()},
        "snippet": snippet.path,
        **asdict(dependencies(snippet)),
    }
    return _hash(everything)


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
