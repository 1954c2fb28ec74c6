"""What the programs of the site do with plain Python: no engine, no recorder."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from live.running.means import means
from live.snippet import Snippet
from live.traces import as_dumped

ROOT = Path(__file__).parents[1]
SNIPPETS = [Snippet.load(ROOT, file.relative_to(ROOT).as_posix()) for file in sorted((ROOT / "snippets").rglob("*.py"))]
NUMBERS = re.compile(r"0x[0-9a-f]+|\d+(?:\.\d+)?")
"""Times, addresses, process ids, ports: different in every run."""

LUCK = {
    "snippets/locks/fairness.py": re.compile(r"[ab]{3,}"),
    "snippets/synchronisation/barrier_rounds.py": re.compile(r"[ABC](?=: all here)"),
    "snippets/exercises/between/never_unlinked.py": re.compile(r"(?<=psm_)\w+"),
    "snippets/exercises/between/never_collected.py": re.compile(r"(?<=child: )\w+"),
    "snippets/exercises/aio/deaf_to_cancellation.py": re.compile(r"ConnectionError\(N\)|CancelledError\(\)"),
    "snippets/exercises/combined/one_at_a_time.py": re.compile("True|False"),
    "snippets/exercises/combined/one_at_a_time_mended.py": re.compile("True|False"),
}
"""What no two runs of a program have in common besides numbers: who gets the lock, thirty times; how a shared block is
named; and, by tenths of a second on a slow machine, who comes last to a meeting, whether a child that nobody waits for
has ended, which attempt a deadline comes in, whether one process began before another had ended."""


def masked(text: str, path: str) -> str:
    """What the program at that path printed, without what no two runs have in common."""
    text = NUMBERS.sub("N", text)
    return LUCK[path].sub("L", text) if path in LUCK else text


def plainly(snippet: Snippet, folder: Path, **environment: str) -> tuple[int, str]:
    """Exit code and output of `python snippets/….py`, without any of the engine, but with paths as it shows them.

    `environment` is added to this process's own.
    """
    python = means(snippet).python
    done = subprocess.run(
        [python.executable, snippet.file],
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},  # buffered, stderr comes out of order
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    text, library = done.stdout.decode("utf-8", "surrogateescape"), Path(python.library)
    for written in (str, lambda path: as_dumped(str(path))):
        text = text.replace(f"{written(ROOT)}/", "")
        text = text.replace(f"{written(library)}/", f"{library.parent.name}/{library.name}/")
    return done.returncode, text
