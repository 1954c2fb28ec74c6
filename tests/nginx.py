"""The site as nginx serves it with the configuration in deploy/, for tests."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from deploy.place import place
from tests.project import wait_for

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
NEEDS_NGINX = pytest.mark.skipif(NGINX is None, reason="no nginx found: install one (apt-get install nginx-light)")
BASE = "/some/sub/path/"


@dataclass(frozen=True)
class Answer:
    """What came for a request."""

    status: int
    headers: dict[str, str]
    """By name in lower case."""
    body: bytes
    """As it was sent: `text` unpacks it."""

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


@dataclass(frozen=True)
class Served:
    """A site that nginx serves."""

    port: int
    log: Path
    """What nginx says: a line for each request."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{BASE}"

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path of the host."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def page(self, path: str, **headers: str) -> Answer:
        """Ask for a path of the site."""
        return self.get(BASE + path, **headers)


@contextmanager
def reserved() -> Iterator[int]:
    """A port that nobody else gets meanwhile."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@contextmanager
def served(site: Path, port: int, folder: Path) -> Iterator[Served]:
    """Serve the built site below BASE at the port, from a folder that may be filled."""
    here = Served(port, folder / "log")
    configuration = place(site, folder / "placed", site_url=here.url, listen=f"127.0.0.1:{port}")
    (folder / "prefix").mkdir()
    # Started as root, nginx would have its workers run as somebody who must not enter a test's folders.
    user = ["-g", "user root;"] if os.geteuid() == 0 else []
    command = [NGINX or "", "-e", "stderr", "-p", f"{folder}/prefix", "-c", str(configuration), *user]
    with here.log.open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            wait_for(lambda: process.poll() is not None or answers(port))
            assert process.poll() is None, here.log.read_text()
            yield here
        finally:
            process.terminate()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
