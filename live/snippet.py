"""A program file under snippets/, and what it says about how it wants to be run."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from live.errors import SnippetError

FOLDER = "snippets"
"""The folder of the project root that holds every snippet."""

# The form is that of inline script metadata, as the packaging specification gives it:
# https://packaging.python.org/en/latest/specifications/inline-script-metadata/
_METADATA = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$\n*")


@dataclass(frozen=True)
class Options:
    """What a snippet asks for in its `[tool.live]` table of inline script metadata."""

    timeout: float | None = None
    """Time limit in seconds; `None` leaves it to the engine's default."""
    measure: bool = False
    """Whether it measures time, and so has to run alone, after all others."""


@dataclass(frozen=True)
class Snippet:
    """One program file, read once, so that what is run, hashed and shown is the same text."""

    root: Path
    """The project root."""
    path: str
    """The file's path from the root, with forward slashes: `snippets/threads/daemon.py`."""
    source: str
    """The file's text."""
    options: Options

    @classmethod
    def load(cls, root: Path, path: str) -> Snippet:
        """Read the snippet at `path`, seen from `root`.

        Raises:
            SnippetError: If there is no such file under snippets/, or its options make no sense.
        """
        _check(path)
        file = root / path
        try:
            source = file.read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError):
            raise SnippetError(f"{path}: there is no such file. {_nearest(root, path)}") from None
        except UnicodeDecodeError as error:
            raise SnippetError(
                f"{path}: is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8"
            ) from None
        except OSError as error:
            raise SnippetError(f"{path}: cannot be read ({error.strerror})") from None
        return cls(root, path, source, _options(path, source))

    @property
    def file(self) -> Path:
        """The absolute path of the file."""
        return self.root / self.path

    @cached_property
    def metadata_lines(self) -> int:
        """How many lines at the top are metadata and the blank lines behind it, which pages leave out."""
        found = _METADATA.match(self.source)
        return found.group().count("\n") if found else 0

    def __str__(self) -> str:
        return self.path


def _check(path: str) -> None:
    parts = PurePosixPath(path).parts
    if len(parts) < 2 or parts[0] != FOLDER or ".." in parts or not path.endswith(".py"):
        raise SnippetError(f"{path}: a snippet is a .py file under {FOLDER}/, for example {FOLDER}/threads/daemon.py")


def _nearest(root: Path, path: str) -> str:
    """A hint for a mistyped path; empty folders and long lists help nobody."""
    from difflib import get_close_matches

    there = [file.relative_to(root).as_posix() for file in sorted((root / FOLDER).rglob("*.py"))]
    close = get_close_matches(path, there, n=1)
    return f"Did you mean {close[0]}?" if close else f"Programs stand in {root.name}/{FOLDER}/."


def _options(path: str, source: str) -> Options:
    blocks = [found for found in _METADATA.finditer(source) if found["type"] == "script"]
    if not blocks:
        return Options()
    content = "\n".join(line[2:] for line in blocks[0]["content"].splitlines())
    try:
        table = tomllib.loads(content).get("tool", {}).get("live", {})
    except tomllib.TOMLDecodeError as error:
        raise SnippetError(f"{path}: the `# /// script` block is not TOML: {error}") from None
    return _typed(path, table)


def _typed(path: str, table: dict[str, Any]) -> Options:
    unknown = table.keys() - {"timeout", "measure"}
    if unknown:
        raise SnippetError(f"{path}: [tool.live] has no option '{min(unknown)}'; there are 'timeout' and 'measure'")
    timeout, measure = table.get("timeout"), table.get("measure", False)
    if timeout is not None and (isinstance(timeout, bool) or not isinstance(timeout, int | float) or timeout <= 0):
        raise SnippetError(f"{path}: [tool.live] timeout is in seconds, more than 0, not {timeout!r}")
    if not isinstance(measure, bool):
        raise SnippetError(f"{path}: [tool.live] measure is true or false, not {measure!r}")
    return Options(None if timeout is None else float(timeout), measure)
