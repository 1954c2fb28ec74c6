"""Plays a recording in a terminal; where there is none, tells it as plain text."""

from __future__ import annotations

import os
import sys
import time
from io import TextIOWrapper

from rich.console import Console
from rich.live import Live

from live.recording import Recording
from live.replay.keyboard import Keyboard, keyboard
from live.replay.player import Player
from live.replay.scene import Scene
from live.replay.screen import Screen
from live.replay.transcript import Sources, transcript

_FRAME = 0.05
"""Seconds between two pictures while it plays."""
_IDLE = 0.25
"""The same while it does not: the window may change its size."""


def replay(recording: Recording, sources: Sources, *, speed: float = 1.0, step: bool = False) -> None:
    """Show the recording on standard output.

    Args:
        recording: What to show.
        sources: Lines of the files that lanes were in, by path from the project root.
        speed: Seconds of the program in one second.
        step: Begin paused.
    """
    if sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        if isinstance(sys.stdout, TextIOWrapper):  # not every terminal has every sign
            sys.stdout.reconfigure(errors="replace")
        scene = Scene(recording, sources)
        player = Player([moment.at for moment in scene.moments], speed, playing=not step)
        with keyboard() as keys:
            _play(Screen(scene), player, keys)
    else:
        _tell(recording, sources)


def _play(screen: Screen, player: Player, keys: Keyboard) -> None:
    console = Console(force_terminal=True)
    with Live(console=console, screen=True, auto_refresh=False) as live:
        drawn: object = None
        clock = time.monotonic()
        while True:
            size = console.size
            if drawn != (drawn := (player.place, player.now, player.playing, size)):
                live.update(screen.draw(player, size.width, size.height), refresh=True)
            if keys.file is None and not player.playing:
                return
            pressed = keys.wait(player.patience(_FRAME if player.playing else _IDLE))
            clock, before = time.monotonic(), clock
            player.tick(clock - before)
            for key in pressed:
                if key == "q":
                    return
                player.press(key)


def _tell(recording: Recording, sources: Sources) -> None:
    try:
        for line in transcript(recording, sources):
            sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # as after `| head`; Python would complain again when it closes standard output
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
