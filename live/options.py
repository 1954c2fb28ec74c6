"""What a snippet says about how it wants to be run, in the inline script metadata at its top."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from live.errors import SnippetError

# The form is that of inline script metadata, as the packaging specification gives it:
# https://packaging.python.org/en/latest/specifications/inline-script-metadata/
METADATA = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$\n*")

PERMISSIONS = ("ptrace",)
"""What no command tells of: whether the system lets one process look into another, ptrace(2)."""


@dataclass(frozen=True)
class Options:
    """What a snippet asks for: two standard keys of inline script metadata, and its `[tool.live]` table."""

    requires_python: str = ""
    """Standard key: which versions of Python it runs on, as a version specifier such as `>=3.13`; empty for any."""
    dependencies: tuple[str, ...] = ()
    """Standard key: the distributions it imports that a machine may lack, as requirements."""
    timeout: float | None = None
    """Time limit in seconds; `None` leaves it to the engine's default."""
    measure: bool = False
    """Whether it measures time, and so has to run alone, after all others."""
    needs: tuple[str, ...] = ()
    """Commands that have to be there, such as `redis-server`, and permissions (see PERMISSIONS)."""
    launch: tuple[str, ...] = ()
    """The command that starts it, put before `python file.py`: `("mpiexec", "-n", "4")`."""
    free_threaded: bool = False
    """Whether it has to run on a free-threaded build."""
    reads: tuple[str, ...] = ()
    """Other files that the run depends on, as paths from the snippet's own folder."""

    @property
    def commands(self) -> tuple[str, ...]:
        """All commands that have to be there."""
        return tuple(name for name in dict.fromkeys((*self.launch[:1], *self.needs)) if name not in PERMISSIONS)

    @property
    def permissions(self) -> tuple[str, ...]:
        """All that the system has to permit."""
        return tuple(name for name in self.needs if name in PERMISSIONS)

    @property
    def needing(self) -> bool:
        """Whether there may be machines that it cannot run on."""
        return bool(
            self.requires_python or self.free_threaded or self.dependencies or self.commands or self.permissions
        )


def options_of(path: str, source: str) -> Options:
    """Read the options out of the source of the snippet at `path`.

    Raises:
        SnippetError: If they make no sense; the message says which one and what it should be.
    """
    blocks = [found for found in METADATA.finditer(source) if found["type"] == "script"]
    if not blocks:
        return Options()
    content = "\n".join(line[2:] for line in blocks[0]["content"].splitlines())
    try:
        metadata = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SnippetError(f"{path}: the `# /// script` block is not TOML: {error}") from None
    table = metadata.get("tool", {}).get("live", {})
    unknown = table.keys() - _KINDS.keys()
    if unknown:
        *others, last = (f"'{name}'" for name in _KINDS)
        raise SnippetError(
            f"{path}: [tool.live] has no option '{min(unknown)}'; there are {', '.join(others)} and {last}"
        )
    values = {name: _checked(f"{path}: [tool.live] {name}", table[name], _KINDS[name]) for name in table}
    for name, kind in _STANDARD.items():
        if name in metadata:
            values[name] = _checked(f"{path}: {name}", metadata[name], kind)
    return Options(**{name.replace("-", "_"): value for name, value in values.items()})


@dataclass(frozen=True)
class _Kind:
    """What values an option takes."""

    says: str
    holds: Callable[[Any], bool]
    convert: Callable[[Any], Any] = lambda value: value


def _checked(name: str, value: Any, kind: _Kind) -> Any:
    if not kind.holds(value):
        raise SnippetError(f"{name} is {kind.says}, not {value!r}")
    return kind.convert(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def _are_below(value: object) -> bool:
    return _are_words(value) and all(
        not path.startswith("/") and ".." not in PurePosixPath(path).parts
        for path in value  # type: ignore[attr-defined]
    )


def _is_specifier(value: object) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return isinstance(value, str) and bool(SpecifierSet(value))
    except InvalidSpecifier:
        return False


def _are_requirements(value: object) -> bool:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        return _are_words(value) and all(Requirement(word) for word in value)  # type: ignore[attr-defined]
    except InvalidRequirement:
        return False


_KINDS = {
    "timeout": _Kind("in seconds, more than 0", _is_number, float),
    "measure": _Kind("true or false", lambda value: isinstance(value, bool)),
    "free-threaded": _Kind("true or false", lambda value: isinstance(value, bool)),
    "needs": _Kind('a list of commands such as ["redis-server"]', _are_words, tuple),
    "launch": _Kind('a command in words such as ["mpiexec", "-n", "4"]', _are_words, tuple),
    "reads": _Kind('a list of files below the snippet\'s folder such as ["hello.c"]', _are_below, tuple),
}
_STANDARD = {
    "requires-python": _Kind('a version specifier such as ">=3.13"', _is_specifier),
    "dependencies": _Kind('a list of requirements such as ["redis"]', _are_requirements, tuple),
}
