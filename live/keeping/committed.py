"""Recordings in the repository, for machines that lack what a program needs.

Each stands beside its program. Only the program's own files decide whether it still holds: the machine that shows it
is not the one that made it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from live.errors import SnippetError
from live.keeping.key import key_of_source
from live.recording import Recording
from live.snippet import Snippet

SUFFIX = ".recording.json"
MEND = "Where there is one, `make record` makes it anew."


def file_of(snippet: Snippet) -> Path:
    """Where the recording of `snippet` stands in the repository."""
    return snippet.file.with_suffix(SUFFIX)


def committed(snippet: Snippet) -> Recording:
    """The recording in the repository.

    Raises:
        SnippetError: If there is none, or it is not one of the program as it is now.
    """
    file = file_of(snippet)
    name = file.relative_to(snippet.root).as_posix()
    try:
        recording = Recording.from_json(json.loads(file.read_bytes()))
    except FileNotFoundError:
        raise SnippetError(f"{snippet}: there is no {name} to show instead. {MEND}") from None
    except (OSError, ValueError, RecursionError):
        raise SnippetError(f"{snippet}: {name} cannot be read. {MEND}") from None
    if (recording.snippet, recording.key) != (snippet.path, key_of_source(snippet)):
        raise SnippetError(f"{snippet}: {name} was recorded before the program was changed. {MEND}")
    return recording


def is_committed(snippet: Snippet) -> bool:
    """Whether the repository has a recording of the program as it is now."""
    try:
        committed(snippet)
    except SnippetError:
        return False
    return True


def commit(snippet: Snippet, recording: Recording) -> Path:
    """Write `recording` into the repository's folder and return its file."""
    file = file_of(snippet)
    kept = replace(recording, key=key_of_source(snippet))
    file.write_text(json.dumps(kept.to_json(), indent=1, ensure_ascii=True) + "\n", encoding="ascii")
    return file
