"""Starts programs in surroundings that lack something, as namespaces(7) make them; says why where they cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

LAUNCHER = """
import ctypes, os, sys

libc = ctypes.CDLL(None, use_errno=True)
NEW_MOUNTS, NEW_USERS, NEW_NETWORK = 0x20000, 0x10000000, 0x40000000
PRIVATE, BIND = 0x40000 | 0x4000, 0x1000


def must(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def mount(source, target, kind=None, flags=0, data=None):
    must(libc.mount(*(text and os.fsencode(text) for text in (source, target, kind)), flags, data))


def leave(flags):
    user, group = os.getuid(), os.getgid()
    must(libc.unshare(flags | (NEW_USERS if user else 0)))
    if user:  # whoever is not root has to be it in a namespace of their own first
        for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    if flags & NEW_MOUNTS:
        mount("none", "/", flags=PRIVATE)


def without_network():
    leave(NEW_NETWORK)


def without_proc():
    leave(NEW_MOUNTS)
    mount("none", "/proc", "tmpfs")


def as_nobody():
    leave(NEW_MOUNTS)
    opened, path = os.open(sys.base_prefix, os.O_RDONLY), "/"
    for part in sys.base_prefix.strip("/").split("/"):
        path = os.path.join(path, part)
        if not os.stat(path).st_mode & 1:  # such as /root: nobody else gets to what is below
            mount("none", path, "tmpfs", data=b"mode=755")
            os.makedirs(sys.base_prefix, mode=0o755)
            mount(f"/proc/self/fd/{opened}", sys.base_prefix, flags=BIND)
            break
    os.close(opened)
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


globals()[sys.argv[1]]()
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""


def start(how: str, *arguments: str, cwd: Path, more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess:
    """Run Python with these arguments in surroundings that one of the launcher's functions makes."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **(more or {})}
    command = [sys.executable, "-c", LAUNCHER, how, *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)


@cache
def complaint(how: str) -> str:
    """Why these surroundings cannot be made here; empty where they can."""
    if sys.platform != "linux":
        return "only Linux has namespaces"
    done = start(how, "-c", "import encodings", cwd=Path("/"))
    return done.stderr.strip().rpartition("\n")[2]


def needed(how: str) -> None:
    """Skip the test, with the reason, where these surroundings cannot be made."""
    if reason := complaint(how):
        pytest.skip(f"{how.replace('_', ' ')}: this system does not permit it ({reason})")
