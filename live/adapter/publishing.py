"""Puts beside the pages what they offer for download and what their replays load, once for all languages."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup
from mkdocs.utils import get_relative_url

from live.errors import SnippetError
from live.recording import Recording
from live.rendering.kept import Kept
from live.rendering.program import REPLAY, Replay, render_player
from live.rendering.replay import replay_script
from live.replay.perfetto import trace
from live.snippet import FOLDER, Snippet

PLAYER = "assets/replay.js"
FILES = "assets/replay"


_PLACE = Markup("<!-- live:place {} -->")
_PLACES = re.compile("<!-- live:place (.*?) -->")


@dataclass(frozen=True)
class Shown:
    """What a page shows below a program's code."""

    html: str
    text: str
    """What of it is to be found by a search."""


@dataclass
class Replays:
    """The replays of one build."""

    kept: Kept
    files: dict[str, str] = field(default_factory=dict)
    """By path in the site, what is in them."""
    replays: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By path of the snippet, the paths in the site of the data and of the trace."""

    runs: dict[tuple[str, str], Callable[[], Shown]] = field(default_factory=dict)
    """By address of the page and name on it, how to make what stands below a program's code."""
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """By the same, what is to be found by a search; known as soon as the page is filled."""

    def place(self, make: Callable[[], Shown], *, name: str, page: str) -> Markup:
        """What stands for a run until `fill`. Nothing is made before: until then the program may still run."""
        self.runs[page, name] = make
        return _PLACE.format(name)

    def fill(self, html: str, page: str) -> str:
        """The page with its runs in their places. Waits for its programs."""

        def filled(found: re.Match[str]) -> str:
            if (page, found[1]) not in self.runs:
                return ""
            shown = self.runs[page, found[1]]()
            self.texts[page, found[1]] = shown.text
            return shown.html

        return _PLACES.sub(filled, html)

    def of(self, recording: Recording, name: str, page: str) -> Replay | None:
        """The replay of a run as a page at that address shows it; None where a program has none.

        Args:
            recording: The run.
            name: Unique on the page.
            page: Address of the page from the root of the site.
        """
        if not recording.lanes:
            return None
        if recording.snippet not in self.replays:
            self.replays[recording.snippet] = self._add(recording)
        script, traced = self.replays[recording.snippet]
        return Replay(f"replay-{name}", get_relative_url(script, page), get_relative_url(traced, page))

    def _add(self, recording: Recording) -> tuple[str, str]:
        script = self.kept.text(recording, "script", lambda: replay_script(recording))
        traced = self.kept.text(recording, "trace", lambda: json.dumps(trace(recording), separators=(",", ":")))
        path = recording.snippet.removeprefix(f"{FOLDER}/").removesuffix(".py")
        paths = f"{FILES}/{path}-{_short_hash(script)}.js", f"{FILES}/{path}-{_short_hash(traced)}-trace.json"
        self.files.update(zip(paths, (script, traced), strict=True))
        return paths

    def publish(self, site: Path) -> None:
        """Write all files of this build."""
        for path, text in self.files.items():
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")


def publish_program(root: Path, path: str, site: Path) -> None:
    """Put the program, and the files that it reads, where readers can download them."""
    try:
        snippet = Snippet.load(root, path)
    except SnippetError:
        return  # reported with the other failures
    for file in (snippet.file, *snippet.reads):
        target = site / file.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def with_player(html: str, *, language: str, page: str, docs: Path) -> str:
    """The page, and the player in it if it has a replay.

    Args:
        html: The page.
        language: Its language.
        page: Its address from the root of the site.
        docs: Folder of the pages, where the player is.
    """
    if REPLAY not in html:
        return html
    script = docs / PLAYER
    # A browser that has kept last month's player would not understand this month's data.
    version = _short_hash(script.read_text(encoding="utf-8")) if script.is_file() else ""
    start, end, rest = html.rpartition("</body>")
    return f"{start}{render_player(f'{get_relative_url(PLAYER, page)}?{version}', language)}{end}{rest}"


def _short_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
