"""What is kept of each translated section: the state of the original that it was made from, and its own at that time.

It lies beside the pages of a language in a file that nobody has to edit by hand: in `.translated.toml`, one line for
each section, `id = "<digest of the original> <digest of the translation>"`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from live.errors import LiveError

FILE = ".translated.toml"

_HEAD = """\
# From which state of the original each section was translated, and how the translation was then.
# Kept by `make translations ACCEPT=page.md#section`. After a merge conflict, keep either line and accept again.
"""


@dataclass(frozen=True)
class Digests:
    """How both languages of a section were when somebody last saw that they say the same."""

    original: str
    translation: str


Record = dict[str, dict[str, Digests]]
"""By page, seen from the folder of its language, and by id of the section."""


def read(folder: Path) -> Record:
    """The record of the pages in that folder; empty where there is none.

    Raises:
        LiveError: The file cannot be read.
    """
    file = folder / FILE
    try:
        pages = tomllib.loads(file.read_text(encoding="utf-8"))
        return {page: {id: _digests(value) for id, value in found.items()} for page, found in pages.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise LiveError(
            f"{file} cannot be read ({error}). Mend the line, or delete it and use `make translations ACCEPT=…`."
        ) from None


def write(folder: Path, record: Mapping[str, Mapping[str, Digests]]) -> None:
    """Keep the record of the pages in that folder."""
    tables = (
        "\n".join([f"[{_quoted(page)}]", *(f'{_quoted(id)} = "{d.original} {d.translation}"' for id, d in ids.items())])
        for page, ids in sorted(record.items())
        if ids
    )
    (folder / FILE).write_text("\n".join([_HEAD, "\n\n".join(tables), ""]), encoding="utf-8")


def _digests(value: str) -> Digests:
    original, translation = value.split()
    return Digests(original, translation)


def _quoted(text: str) -> str:
    # A JSON string is a TOML string as well.
    return json.dumps(text, ensure_ascii=False)
