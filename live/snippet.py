"""A program file under snippets/, and what it says about how it wants to be run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from live.errors import SnippetError
from live.options import METADATA, Options, options_of

FOLDER = "snippets"
"""The folder of the project root that holds every snippet."""


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
        snippet = cls(root, path, source, options_of(path, source))
        for other in snippet.reads:
            if not other.is_file():
                raise SnippetError(f"{path}: [tool.live] reads {other.name}, but there is no such file beside it")
        return snippet

    @property
    def file(self) -> Path:
        """The absolute path of the file."""
        return self.root / self.path

    @property
    def reads(self) -> list[Path]:
        """Absolute paths of the other files that its run depends on."""
        return [self.file.parent / name for name in self.options.reads]

    @cached_property
    def metadata_lines(self) -> int:
        """How many lines at the top are metadata and the blank lines behind it, which pages leave out."""
        found = METADATA.match(self.source)
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
