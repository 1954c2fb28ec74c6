"""Reads the stacks that faulthandler wrote when a program was stopped at its time limit."""

from __future__ import annotations

import re

from live.snippet import FOLDER

DUMPED = 500
"""Characters of a path that faulthandler writes; MAX_STRING_LENGTH in Python/traceback.c."""

_THREAD = re.compile(r"^(?:Current thread|Thread) (0x[0-9a-f]+)(?: \[(?P<name>[^\]]*)\])?.*:$")
_FRAME = re.compile(r'^  File "(?P<file>[^"]*)", line (?P<line>\d+) in (?P<function>.+)$')


def as_dumped(path: str) -> str:
    """The path as faulthandler writes it: in ASCII, with escapes for all other characters."""
    return path.encode("ascii", "backslashreplace").decode("ascii")


def last_lines(traces: str) -> list[str]:
    """For each thread the innermost line of the program it stood on: `Thread 0x7f…: snippets/x.py:12 in f`.

    A thread that was in no line of the program is left out.
    """
    threads: list[tuple[str, list[re.Match[str]]]] = []
    for line in traces.splitlines():
        if thread := _THREAD.match(line):
            threads.append((thread["name"] or f"Thread {thread[1]}", []))
        elif threads and (frame := _FRAME.match(line)):
            threads[-1][1].append(frame)
    found = []
    for name, frames in threads:
        own = [frame for frame in frames if frame["file"].startswith(f"{FOLDER}/")]
        if own:
            found.append(f"{name}: {own[0]['file']}:{own[0]['line']} in {own[0]['function']}")
    return found
