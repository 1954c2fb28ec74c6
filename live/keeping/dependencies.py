"""What a snippet's run depends on: the project's own files it imports or reads, and installed distributions."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from threading import Lock

from live.errors import SnippetError
from live.snippet import Snippet

# CPython 3.11 before 3.11.8 counts how deep a tree is in one place for all threads: of two that parse at once, one may
# end with a SystemError (python/cpython#106905).
_PARSING = Lock()


@dataclass(frozen=True)
class Dependencies:
    """What a run depends on besides the interpreter and the engine."""

    files: dict[str, str]
    """Path from the project root → SHA-256 of each project file that the snippet runs with, itself included."""
    distributions: dict[str, str]
    """Name → version of each installed distribution that it runs with."""
    stamps: dict[str, tuple[int, int]]
    """By the same paths, what changes whenever the file is written, be it with what it had before: inode and ctime."""


def dependencies(snippet: Snippet) -> Dependencies:
    """Follow the imports of the snippet, as far as they can be seen without running it.

    Raises:
        SnippetError: If one of the files cannot be read, or is just being removed.
    """
    hashes: dict[str, str] = {}
    stamps: dict[str, tuple[int, int]] = {}
    try:
        modules = _follow(snippet, hashes, stamps)
    except OSError as error:
        raise SnippetError(
            f"{snippet}: {error.filename}, which it runs with, cannot be read ({error.strerror})"
        ) from None
    return Dependencies(hashes, _closure(modules), stamps)


def _follow(snippet: Snippet, hashes: dict[str, str], stamps: dict[str, tuple[int, int]]) -> frozenset[str]:
    """Read the snippet, the files that it says it reads, and all project modules that these import, directly or not.

    Fills in the hashes and stamps by path, and returns the names of the imported modules that are neither the
    project's nor the standard library's.
    """
    foreign: set[str] = set()
    waiting = [(snippet.file, stamp(snippet.file), snippet.source.encode()), *map(_read, snippet.reads)]
    while waiting:
        file, stamped, source = waiting.pop()
        path = file.relative_to(snippet.root).as_posix()
        hashes[path] = sha256(source).hexdigest()
        stamps[path] = stamped
        for name in _imported(source) if file.suffix == ".py" else ():
            found = _find(name, folders=(snippet.file.parent, snippet.root))
            for module in found:
                if module.relative_to(snippet.root).as_posix() not in hashes:
                    waiting.append(_read(module))
            top = name.partition(".")[0]
            if not found and top not in sys.stdlib_module_names:
                foreign.add(top)
    return frozenset(foreign)


def _read(file: Path) -> tuple[Path, tuple[int, int], bytes]:
    """The file, what it is stamped with, and what is in it: whoever writes to it from now on changes the stamp."""
    return file, stamp(file), file.read_bytes()


def stamp(file: Path) -> tuple[int, int]:
    """What changes whenever the file is written, whatever its time of modification is set to afterwards."""
    found = file.stat()
    return found.st_ino, found.st_ctime_ns


def _imported(source: bytes) -> set[str]:
    """Names of all modules that the source imports anywhere, `a.b` for `from a import b` as well."""
    try:
        with _PARSING:
            tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()  # it will fail when it runs, and say why
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def _find(name: str, folders: Iterable[Path]) -> list[Path]:
    """Files of the project that importing `name` executes, `__init__.py` of its packages included."""
    parts = name.split(".")
    for folder in folders:
        stems = [folder.joinpath(*parts[: count + 1]) for count in range(len(parts))]
        candidates = [file for stem in stems for file in (stem / "__init__.py", stem.with_suffix(".py"))]
        found = [file for file in candidates if file.is_file()]
        if found:
            return found
    return []


def _closure(modules: frozenset[str]) -> dict[str, str]:
    """The distributions that hold `modules`, and all that those require, as far as they are installed."""
    if not modules:
        return {}
    versions: dict[str, str] = {}
    waiting = sorted({name for module in modules for name in _owners(module)})
    while waiting:
        name = _normal(waiting.pop())
        if name in versions:
            continue
        if found := _installed(name):
            versions[name], required = found
            waiting += required
    return versions


@cache
def _installed(name: str) -> tuple[str, tuple[str, ...]] | None:
    """Version of a distribution, and names of those that it requires; None where it is not installed."""
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    required = (re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in distribution.requires or ())
    return distribution.version, tuple(required)


@cache
def _owners(module: str) -> list[str]:
    """Names of the distributions that hold the module."""
    # Most modules are held by the distribution of their name; reading what all distributions hold takes far longer.
    try:
        files = metadata.distribution(module).files or ()
    except metadata.PackageNotFoundError:
        files = ()
    if any(file.parts[0] == module for file in files):
        return [module]
    return _all_owners().get(module, [])


@cache
def _all_owners() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
