"""The key of a run: a hash of everything that its recording depends on."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path

from live.keeping.dependencies import dependencies
from live.recording import SCHEMA, Interpreter
from live.running.run import Runner
from live.snippet import Snippet


def key_of(snippet: Snippet, runner: Runner) -> str:
    """Hash the snippet, what it imports, the interpreter, the run options and the engine, as 32 hex digits."""
    everything = {
        "schema": SCHEMA,
        "engine": _engine(),
        "interpreter": [sys.version, Interpreter.current().free_threaded, sys.platform, platform.machine()],
        "options": [runner.timeout_of(snippet), runner.output_limit, snippet.options.measure],
        "snippet": snippet.path,
        **asdict(dependencies(snippet)),
    }
    return sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()[:32]


@cache
def _engine() -> str:
    """A hash of the source that decides what a recording says. Nobody has to remember to raise a version."""
    package = Path(__file__).parents[1]
    files = [package / "recording.py", package / "snippet.py", *sorted((package / "running").glob("*.py"))]
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
