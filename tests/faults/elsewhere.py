"""Calls functions of test modules in a process of their own, in a world in which something is not as usual."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

CALL = (
    "import sys, importlib, pathlib; "
    "getattr(importlib.import_module(sys.argv[1]), sys.argv[2])(pathlib.Path(sys.argv[3]))"
)
IN_NAMESPACE = ("unshare", "--mount", "--map-root-user")
"""A command in a world in which only it sees what it mounts, and for which it needs no rights."""


def call(
    function: Callable[[Path], None],
    folder: Path,
    *,
    before: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> str:
    """Call a module's function with the folder, which it fails by raising, and return what it printed.

    Args:
        function: What is called.
        folder: What it gets.
        before: A command that starts the command behind it.
        environment: What is added to the environment.
    """
    done = subprocess.run(
        [*before, sys.executable, "-c", CALL, function.__module__, function.__name__, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@cache
def may_mount() -> str:
    """Why nothing can be mounted here; empty if it can."""
    if not shutil.which("unshare"):
        return "there is no unshare(1) here, so no small disk can be mounted"
    tried = subprocess.run([*IN_NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, text=True)
    return tried.stderr and f"no small disk can be mounted here: {tried.stderr.strip()}"


def call_with_disk(
    function: Callable[[Path], None], folder: Path, *, options: str, environment: Mapping[str, str] | None = None
) -> None:
    """The same, where the folder is a disk of its own, mounted with these options, such as `size=64k`."""
    if reason := may_mount():
        pytest.skip(reason)
    folder.mkdir()
    mounted = ("sh", "-c", 'mount -t tmpfs -o "$1" none "$2" && shift 2 && exec "$@"', "sh", options, str(folder))
    call(function, folder, before=(*IN_NAMESPACE, *mounted), environment=environment)
