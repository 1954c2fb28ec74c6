"""`make held-up`: which programs show something else when their threads and processes are held up now and then.

A program whose output depends on who goes first shows on its page what it happened to do, and fails its tests one day
in a hundred. Here each thread and child process may stand still for a moment before it begins, and so may whoever
started it. This is no test: held up for long enough, any program that sleeps says something else. It tells how long.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from live.running.means import means
from live.snippet import Snippet
from tests.plain_runs import SNIPPETS, masked, plainly

HOLDS = """
import os, random, sys, threading, time
from multiprocessing.process import BaseProcess

sleep, chance = time.sleep, random.Random(os.environ["HELD_UP_SEED"])


def hold():
    if chance.random() < 0.4:
        sleep(chance.uniform(0, float(os.environ["HELD_UP_SECONDS"])))


def held(method, before, after):
    def call(*arguments, **more):
        before()
        found = method(*arguments, **more)
        after()
        return found

    return call


def first(frame, event, argument):
    sys.setprofile(None)
    hold()


threading.setprofile(first)  # called within each thread, but in no stack that it shows
threading.Thread.start = held(threading.Thread.start, lambda: None, hold)
BaseProcess._bootstrap = held(BaseProcess._bootstrap, hold, lambda: None)
BaseProcess.start = held(BaseProcess.start, lambda: None, hold)
"""
"""Python runs it before the program: what begins a thread or a process, and what that begins with, takes a while."""
OURS = re.compile(r'(?m)^  File "[^"]*/sitecustomize\.py".*\n(?:    .*\n)*')
"""Its part of a stack."""


@dataclass(frozen=True)
class Held:
    """What came of holding up a program several times."""

    snippet: Snippet
    usual: str
    """What it prints otherwise, without what no two runs have in common."""
    others: tuple[str, ...]
    """What else it printed."""


def hold_up(snippet: Snippet, *, times: int, seconds: float) -> Held:
    """Run a program once as it is, and so many times held up, by so many seconds at most each time."""
    with TemporaryDirectory(prefix="held-up-") as folder:
        work, hook = Path(folder, "work"), Path(folder, "hook")
        work.mkdir()
        hook.mkdir()
        (hook / "sitecustomize.py").write_text(HOLDS, encoding="utf-8")
        usual = said(snippet, work)
        holding = {"PYTHONPATH": str(hook), "HELD_UP_SECONDS": str(seconds)}
        held = [said(snippet, work, **holding, HELD_UP_SEED=str(seed)) for seed in range(times)]
    # Whose line comes first may differ on any page that does not say otherwise.
    return Held(snippet, usual, tuple(text for text in held if Counter(text) != Counter(usual)))


def said(snippet: Snippet, folder: Path, **environment: str) -> str:
    """Output and exit code of a run, as far as any two have them in common."""
    exit_code, text = plainly(snippet, folder, **environment)
    return f"{masked(OURS.sub('', text), snippet.path)}(exit code {exit_code})"


def runs_here(snippet: Snippet) -> bool:
    return not (means(snippet).missing or snippet.options.measure or snippet.options.launch)


def main(arguments: Sequence[str]) -> int:
    """Hold up the programs whose paths have one of these words in them, or all; 1 if one said something else."""
    parser = argparse.ArgumentParser(prog="held_up", description=main.__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--times", type=int, default=4, help="how often each is run held up (%(default)s)")
    parser.add_argument("--seconds", type=float, default=0.05, help="how long it may stand still (%(default)s)")
    parser.add_argument("--at-once", type=int, default=4, help="how many programs run side by side (%(default)s)")
    wanted = parser.parse_args(arguments)
    chosen = [snippet for snippet in SNIPPETS if runs_here(snippet)]
    if wanted.words:
        chosen = [snippet for snippet in chosen if any(word in snippet.path for word in wanted.words)]
    with ThreadPoolExecutor(wanted.at_once) as pool:
        found = list(pool.map(partial(hold_up, times=wanted.times, seconds=wanted.seconds), chosen))
    differing = [held for held in found if held.others]
    for held in differing:
        print(f"{held.snippet}: {len(held.others)} of {wanted.times} runs said something else\n")
        print(f"usually:\n{held.usual}\n\nheld up:\n{held.others[0]}\n")
    print(f"{len(differing)} of {len(found)} programs said something else, held up by {wanted.seconds} s at most.")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
