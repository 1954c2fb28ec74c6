"""The command line: runs one snippet, or lists them all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from live.engine import Engine
from live.errors import LiveError, SnippetError
from live.keeping.key import key_of
from live.keeping.store import Store
from live.pages.failures import ending
from live.pages.scan import uses
from live.progress import seconds
from live.recording import Recording
from live.rendering.program import facts
from live.rendering.words import words
from live.running.run import Runner
from live.snippet import FOLDER, Snippet

STORE = ".cache/live"
TIMED_OUT = 124
"""Exit code of `run` for a program that was stopped, as of timeout(1)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: that of the program for `run`, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m live", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run one snippet; print its output and facts, keep the recording")
    run.add_argument("path", help=f"its file, for example {FOLDER}/threads/daemon.py")
    run.add_argument("--timeout", type=_positive, default=30.0, help="time limit in seconds (default: 30)")
    commands.add_parser("list", help="list all snippets: duration, state in the store, pages that show them")
    options = parser.parse_args(arguments)
    try:
        root = _root(Path.cwd())
        if options.command == "run":
            return _run(root, options.path, options.timeout)
        return _list(root)
    except LiveError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _positive(text: str) -> float:
    value = float(text)
    if value <= 0:
        raise ValueError("not above 0")
    return value


def _root(start: Path) -> Path:
    """The project that the current folder belongs to."""
    for folder in (start, *start.parents):
        if (folder / FOLDER).is_dir():
            return folder
    raise LiveError(f"{start}: neither here nor above is there a folder {FOLDER}/; change into the project first")


def _run(root: Path, path: str, timeout: float) -> int:
    file = Path(path).resolve()
    if not file.is_relative_to(root.resolve()):
        raise SnippetError(f"{path}: is not in the project {root.name}/")
    name = file.relative_to(root.resolve()).as_posix()
    runner = Runner(timeout)
    snippet = Snippet.load(root, name)
    recording = _fresh(Engine(root, Store(root / STORE), runner, warn=_complain), snippet, key_of(snippet, runner))
    sys.stdout.flush()
    sys.stdout.buffer.write(recording.text.encode("utf-8", "surrogateescape"))
    sys.stdout.flush()
    print(" · ".join([*facts(recording, words("en")), recording.started[:10]]), file=sys.stderr)
    if recording.leftovers:
        print(f"{name} left processes running, now killed: {'; '.join(recording.leftovers)}", file=sys.stderr)
    code = recording.exit_code
    if code is None:
        print(f"{name}: {ending(recording)}\n{recording.traces}", file=sys.stderr)
        return TIMED_OUT
    return code if code >= 0 else 128 - code


def _fresh(engine: Engine, snippet: Snippet, key: str) -> Recording:
    """Run it, whatever the store has, and keep what came."""
    try:
        recording = engine.runner.run(snippet, key)
    finally:
        engine.runner.stop()
    engine.keep(snippet, recording, (0,))
    return recording


def _complain(message: str) -> None:
    print(message, file=sys.stderr)


def _list(root: Path) -> int:
    store, runner = Store(root / STORE), Runner()
    pages = _pages(root)
    paths = sorted(file.relative_to(root).as_posix() for file in (root / FOLDER).rglob("*.py"))
    rows = [("snippet", "duration", "store", "pages")]
    rows += [(path, *_state(root, store, runner, path), ", ".join(pages.get(path, ()))) for path in paths]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[3]]).rstrip())
    return 0


def _pages(root: Path) -> dict[str, list[str]]:
    """Path of each shown snippet → the places that show it."""
    shown: dict[str, list[str]] = {}
    for page in sorted((root / "docs").rglob("*.md")):
        for use in uses(page.read_text(encoding="utf-8"), page.relative_to(root).as_posix()):
            shown.setdefault(use.path or "", []).append(use.place)
    return shown


def _state(root: Path, store: Store, runner: Runner, path: str) -> tuple[str, str]:
    try:
        recording = store.get(path, key_of(Snippet.load(root, path), runner))
    except LiveError:
        return "", "cannot be run"
    if recording:
        return seconds(recording.duration), "kept"
    return "", "out of date" if store.has_any(path) else "not run yet"
