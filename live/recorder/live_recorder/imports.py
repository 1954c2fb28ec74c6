"""Keeps out of the way while modules that are not the program's own are looked for and imported.

Importing a large package calls functions a hundred thousand times. Nobody wants to see any of them, but tracing is told
of each, which makes such a program take twice as long to start.
"""

from __future__ import annotations

import os
import sys
from functools import wraps
from sys import settrace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .recorder import Recorder

IMPORTER = "_frozen_importlib"
"""The module whose function Python calls for whatever is not imported yet."""


def patch_import(current: Callable[[], Recorder]) -> None:
    """Import what is not the program's own without tracing.

    Args:
        current: Gives the recorder of this process.
    """
    importer = sys.modules.get(IMPORTER)
    original = getattr(importer, "_find_and_load", None)
    if original is None:
        return

    def _find_and_load(name: str, import_: Any, **options: Any) -> Any:  # from 3.15 on, there is an option
        recorder = current()
        if is_own(name, recorder.sources):
            return original(name, import_, **options)
        return _untraced(recorder, original, name, import_, **options)

    # Tracebacks and warnings leave out what importing calls itself, which they know by its file.
    for function in (_find_and_load, _untraced):
        function.__code__ = function.__code__.replace(co_filename=original.__code__.co_filename)
    importer._find_and_load = _find_and_load  # type: ignore[union-attr]


def patch_metadata(module: Any, current: Callable[[], Recorder]) -> None:
    """Look for entry points without tracing, as gevent does two dozen times when it patches."""
    original = module.entry_points

    @wraps(original)
    def entry_points(**options: Any) -> Any:
        return _untraced(current(), original, **options)

    module.entry_points = entry_points


def _untraced(recorder: Recorder, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Call the function without tracing, if it is the recorder that traces."""
    trace = recorder.tracer.call
    if sys.gettrace() != trace:
        return function(*args, **options)
    settrace(None)
    try:
        return function(*args, **options)
    finally:
        if sys.gettrace() is None:  # the program may trace itself from somewhere in there
            settrace(trace)


def is_own(name: str, sources: str) -> bool:
    """Whether a module may lie in one of the folders that `sources` is or has, or is in."""
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return False
    folders = [folder for folder in sys.path if f"{folder}/".startswith(sources) or sources.startswith(f"{folder}/")]
    return any(os.path.exists(f"{folder}/{top}{ending}") for folder in folders for ending in ("", ".py"))
