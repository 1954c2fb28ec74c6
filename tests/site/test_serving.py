"""`mkdocs serve`: follows edits, shows failures in place, lives on, and ends cleanly."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from markdown import Markdown
from markupsafe import Markup

from live.adapter.formatter import format_program
from live.pages.scan import Use
from tests.project import Project, block, commands_with, wait_for


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=120) as answer:
            return answer.read().decode()

    def wait_for(self, condition: Callable[[], bool], seconds: float = 120) -> None:
        """The limit is there only so that a broken promise ends."""
        deadline = time.monotonic() + seconds
        while True:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if condition():
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(project: Project, **how: Any) -> Iterator[Server]:
    """`how` says more to Popen."""
    port = free_port()
    log = project.root.parent / "serve.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=project.root,
            stdout=output,
            stderr=output,
            start_new_session=True,
            **{"env": {**os.environ, "NO_MKDOCS_2_WARNING": "1"}, **how},
        )
    server = Server(process, f"http://127.0.0.1:{port}/", log)
    try:
        yield server
    finally:
        process.kill()
        process.wait()


def test_a_failure_is_shown_in_place_until_it_is_mended(project: Project) -> None:
    project.snippet("a/b", "print('partly')\nraise SystemExit(3)")
    good = project.snippet("a/good", "print('fine')")
    project.twins("page.md", f"# P\n\n{block('snippets/a/b.py')}\n{block(good)}")
    with serving(project) as server:
        server.wait_for(lambda: "partly" in server.get("page/"))
        for path in ("page/", "en/page/"):
            page = server.get(path)
            assert "got       exit code 3" in page
            assert "fine" in page
        project.snippet("a/b", "print('mended')")
        server.wait_for(lambda: "mended" in server.get("page/"))
        for path in ("page/", "en/page/"):
            assert "mended" in server.get(path)
            assert "live-failure" not in server.get(path)
        project.page("zh/page.md", "# P\n\n" + block("snippets/a/missing.py"))
        server.wait_for(lambda: "there is no such file" in server.get("page/"))
        assert "mended" in server.get("en/page/")
    ran = [line.split(": ")[1] for line in server.log.read_text().splitlines() if "live: [" in line]
    assert [name.split()[1] for name in ran].count("snippets/a/good.py") == 1, "what nobody edited ran once"


def test_a_page_edit_runs_nothing_even_while_a_snippet_fails(project: Project) -> None:
    path = project.snippet("a/b", "raise SystemExit(3)")
    project.twins("page.md", f"# P\n\n{block(path)}")
    with serving(project) as server:
        server.wait_for(lambda: "exit code 3" in server.get("page/"))
        project.page("zh/page.md", f"# P\n\nedited\n\n{block(path)}")
        server.wait_for(lambda: "edited" in server.get("page/"))
        assert "exit code 3" in server.get("page/")
    assert server.log.read_text().count("live: [1/1]") == 1


def test_nothing_of_a_page_stays_in_memory_because_it_shows_a_program() -> None:
    page = Markdown(extensions=["pymdownx.highlight", "pymdownx.superfences"])
    use, run = Use("docs/zh/page.md", 1, None), Markup("its run")
    assert run in format_program(use, None, run, name="block", code="print()", md=page)
    gone = ref(page)
    del page
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_the_server_is_ended_while_a_snippet_runs(project: Project, number: int) -> None:
    path = project.snippet("a/waits", "import subprocess; subprocess.run(['sleep', '98764'])", timeout=600)
    project.twins("page.md", f"# P\n\n{block(path)}")
    with serving(project) as server:
        server.wait_for(lambda: bool(commands_with(str(project.root / path))))
        os.kill(server.process.pid, number)
        server.process.wait()
    wait_for(lambda: not commands_with(str(project.root / path)))
