"""The command line: runs or replays one snippet, lists them all, or records those that other machines cannot run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from live.engine import Engine
from live.errors import LiveError, SnippetError
from live.keeping.committed import commit, committed, is_committed
from live.keeping.key import State, key_of, state_of
from live.keeping.store import Store
from live.pages.failures import ending
from live.pages.scan import Use, uses
from live.progress import seconds
from live.recording import Recording
from live.rendering.program import facts
from live.rendering.words import words
from live.running.means import means
from live.running.run import Runner
from live.signals import ending_in_order
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
    replay = commands.add_parser("replay", help="run one snippet, then play its recording in the terminal")
    replay.add_argument("path", help=f"its file, for example {FOLDER}/locks/rlock_turns.py")
    replay.add_argument("--speed", type=_positive, default=1.0, help="seconds of the program in a second (default: 1)")
    replay.add_argument("--step", action="store_true", help="begin paused; the arrow keys step")
    replay.add_argument("--no-run", action="store_true", help="take the recording that is kept from an earlier run")
    record = commands.add_parser(
        "record", help="renew the recordings in the repository of snippets that need something"
    )
    record.add_argument("paths", nargs="*", help="their files (default: all whose recording is missing or out of date)")
    commands.add_parser("list", help="list all snippets: duration, state in the store, pages that show them")
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):  # not every terminal has every sign that is in the name of a page
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with ending_in_order():
            return _obey(_root(Path.cwd()), options)
    except LiveError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _obey(root: Path, options: argparse.Namespace) -> int:
    if options.command == "run":
        return _run(root, options.path, options.timeout)
    if options.command == "replay":
        return _replay(root, options.path, speed=options.speed, step=options.step, run=not options.no_run)
    if options.command == "record":
        return record_all(root, [_name(root, path) for path in options.paths])
    return _list(root)


def _positive(text: str) -> float:
    value = float(text)
    if not value > 0:  # nor "nan"
        raise ValueError("not above 0")
    return value


def _root(start: Path) -> Path:
    """The project that the current folder belongs to."""
    for folder in (start, *start.parents):
        if (folder / FOLDER).is_dir():
            return folder
    raise LiveError(f"{start}: neither here nor above is there a folder {FOLDER}/; change into the project first")


def _run(root: Path, path: str, timeout: float) -> int:
    name = _name(root, path)
    runner = Runner(timeout)
    snippet = Snippet.load(root, name)
    recording = _fresh(Engine(root, Store(root / STORE), runner, warn=_complain), snippet, state_of(snippet, runner))
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


def _replay(root: Path, path: str, *, speed: float, step: bool, run: bool) -> int:
    from live.replay.terminal import replay  # rich takes a while to import

    name = _name(root, path)
    runner = Runner()
    snippet = Snippet.load(root, name)
    engine = Engine(root, Store(root / STORE), runner, warn=_complain)
    state = state_of(snippet, runner)
    recording = _fresh(engine, snippet, state) if run else _kept(engine, snippet, state.key)
    replay(recording, _sources(root, recording), speed=speed, step=step)
    return 0


def _kept(engine: Engine, snippet: Snippet, key: str) -> Recording:
    """The recording in the store, or that in the repository of a snippet that cannot run here."""
    if means(snippet).missing:
        return committed(snippet)
    recording = engine.store.get(snippet.path, key)
    if not recording:
        raise SnippetError(f"{snippet}: no recording of it as it is now is kept; leave out --no-run to make one")
    return recording


def _sources(root: Path, recording: Recording) -> dict[str, list[str]]:
    """Lines of the files that lanes were in, as Python counts them, as far as the files are still there."""
    files = {path: root / path for path in {recording.snippet, *recording.files}}
    return {
        path: file.read_text(encoding="utf-8", errors="replace").removesuffix("\n").split("\n")
        for path, file in files.items()
        if file.is_file()
    }


def _name(root: Path, path: str) -> str:
    """The snippet's path from the project root."""
    file = Path(path).resolve()
    if not file.is_relative_to(root.resolve()):
        raise SnippetError(f"{path}: is not in the project {root.name}/")
    return file.relative_to(root.resolve()).as_posix()


def _fresh(engine: Engine, snippet: Snippet, state: State) -> Recording:
    """Run it, whatever the store has, and keep what came."""
    try:
        recording = engine.runner.run(snippet, state.key)
    finally:
        engine.runner.stop()
    engine.keep(snippet, recording, (0,), state)
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


def record_all(root: Path, paths: Sequence[str]) -> int:
    """Write the recordings into the repository that machines show which lack what a snippet needs.

    Returns 0, or 1 if one of them could not be made; what is in the repository is then left as it is.
    """
    snippets = [Snippet.load(root, path) for path in paths or _needing(root)]
    runner, failed = Runner(), False
    try:
        for snippet in snippets:
            if not paths and is_committed(snippet):
                continue
            if complaint := _record(root, runner, snippet):
                failed = True
                print(f"{snippet}: not recorded, {complaint}", file=sys.stderr)
    finally:
        runner.stop()
    return int(failed)


def _record(root: Path, runner: Runner, snippet: Snippet) -> str:
    """What stands in the way of recording the snippet, if anything does."""
    if missing := means(snippet).missing:
        return f"because it needs {' and '.join(missing)}"
    recording = runner.run(snippet)
    expected = {use.exit_code for use in _uses(root) if use.path == snippet.path} or {0}
    if recording.exit_code not in expected:
        return f"because it ended otherwise than the pages say: {ending(recording)}"
    print(commit(snippet, recording).relative_to(root).as_posix())
    return ""


def _needing(root: Path) -> list[str]:
    """Paths of all snippets that declare a need."""
    paths = [file.relative_to(root).as_posix() for file in sorted((root / FOLDER).rglob("*.py"))]
    return [path for path in paths if Snippet.load(root, path).options.needing]


def _uses(root: Path) -> list[Use]:
    """All program blocks of all pages."""
    pages = sorted((root / "docs").rglob("*.md"))
    return [use for page in pages for use in uses(page.read_text(encoding="utf-8"), page.relative_to(root).as_posix())]


def _pages(root: Path) -> dict[str, list[str]]:
    """Path of each shown snippet → the places that show it."""
    shown: dict[str, list[str]] = {}
    for use in _uses(root):
        shown.setdefault(use.path or "", []).append(use.place)
    return shown


def _state(root: Path, store: Store, runner: Runner, path: str) -> tuple[str, str]:
    try:
        snippet = Snippet.load(root, path)
        recording = store.get(path, key_of(snippet, runner))
    except LiveError:
        return "", "cannot be run"
    if missing := means(snippet).missing:
        return (
            "",
            f"{'in the repository' if is_committed(snippet) else 'not in the repository'}, needs {', '.join(missing)}",
        )
    if recording:
        return seconds(recording.duration), "kept"
    return "", "out of date" if store.has_any(path) else "not run yet"
