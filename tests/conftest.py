"""What tests share: the real site, built once, and small projects of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
from filelock import FileLock

from live.keeping.key import key_of
from live.keeping.store import Store
from live.recording import Recording
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Built, Project

ROOT = Path(__file__).parents[1]
NEEDS_GEVENT = pytest.mark.skipif(
    find_spec("gevent") is None, reason="gevent is not here: it has no wheel for this interpreter"
)
WITHOUT_SITE = "LIVE_TESTS_WITHOUT_SITE"
"""Environment variable: recordings are made one by one, as the mutation check needs it for programs on no page."""


@dataclass(frozen=True)
class Site(Built):
    """The project's own site as a build left it."""

    store: Store


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """A suite that was started in the background ignores Ctrl-C, and whatever it starts would do so too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str, Callable[[Path], None]], Path]:
    """`once("site", make)` is a folder that `make` filled, in whichever worker needed it first."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def folder(name: str, make: Callable[[Path], None]) -> Path:
        made, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                make(made)
                done.touch()
        return made

    return folder


@pytest.fixture(scope="session")
def site(once: Callable[[str, Callable[[Path], None]], Path]) -> Site:
    """The whole site, from an empty store."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")]
        environment = {**os.environ, "LIVE_STORE": str(folder / "store"), "NO_MKDOCS_2_WARNING": "1"}
        built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert built.returncode == 0, built.stderr
        (folder / "log").write_text(built.stderr, encoding="utf-8")

    folder = once("site", make)
    return Site(0, (folder / "log").read_text(encoding="utf-8"), folder / "site", Store(folder / "store"))


@pytest.fixture(scope="session")
def recording(request: pytest.FixtureRequest) -> Callable[[str], Recording]:
    """`recording("threads/daemon_alone")` is the run of that file that the site shows, if it could run here."""
    if os.environ.get(WITHOUT_SITE):
        return run_alone
    site: Site = request.getfixturevalue("site")

    def find(name: str) -> Recording:
        snippet = able(name)
        found = site.store.get(snippet.path, key_of(snippet, Runner()))
        assert found, f"no page shows {snippet}"
        return found

    return find


@cache
def run_alone(name: str) -> Recording:
    """A run of that file which no site shows."""
    runner = Runner()
    try:
        return runner.run(able(name))
    finally:
        runner.stop()


def able(name: str) -> Snippet:
    """The snippet at `snippets/{name}.py`; the test is skipped where it cannot run."""
    snippet = Snippet.load(ROOT, f"snippets/{name}.py")
    if missing := means(snippet).missing:
        pytest.skip(f"{snippet} was not run: it needs {', '.join(missing)}, which is not here")
    return snippet


def imported(name: str) -> ModuleType:
    """The module of the snippet at `snippets/{name}.py`; the test is skipped where it cannot run."""
    able(name)
    return import_module(f"snippets.{name.replace('/', '.')}")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project with a configuration like the real one's."""
    return Project.create(tmp_path / "project")
