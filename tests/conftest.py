"""What tests share: the real site, built once, and small projects of their own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from uuid import uuid4

import pytest
from filelock import FileLock

from live.keeping.files import UNFINISHED
from live.keeping.key import key_of
from live.keeping.store import Store
from live.recording import Recording
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Built, Project, block

ROOT = Path(__file__).parents[1]
BELOW = "https://example.org/some/sub/"
"""Where the small site is published."""
SMALL = {
    "zh/index.md": ("一个有三种语言的小网站，用来看看页面的头部说了些什么。", "# 首页\n\n这里是开头。"),
    "en/index.md": (
        "A small site in three languages, made to see what the heads of its pages say of them.",
        "# Start\n\nHere it begins.",
    ),
    "fr/index.md": (
        "Un petit site en trois langues, fait pour voir ce que disent les en-têtes de ses pages.",
        "# Accueil\n\nIci, tout commence.",
    ),
    "zh/locks.md": ("锁是什么，怎么用它，以及为什么一次只有一个线程能拿着它。", "# 锁\n\n互斥锁（mutex）。"),
    "en/locks.md": (
        "What locks are, how to use them, and why only one thread holds one at a time.",
        "# Locks\n\nIn Chinese: 锁。",
    ),
}
"""Description and text of its pages."""
NEEDS_GEVENT = pytest.mark.skipif(
    find_spec("gevent") is None, reason="gevent is not here: it has no wheel for this interpreter"
)
WITHOUT_SITE = "LIVE_TESTS_WITHOUT_SITE"
"""Environment variable: recordings are made one by one, as the mutation check needs it for programs on no page."""

STORE = "LIVE_TESTS_STORE"
"""Environment variable: a folder of recordings to begin with, as in `make check`; without it, every program runs."""


@dataclass(frozen=True)
class Site(Built):
    """The project's own site as a build left it."""

    store: Store


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """A suite that was started in the background ignores Ctrl-C, or by `nohup` that its terminal is closed.

    Whatever it starts would do so too.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str, Callable[[Path], None]], Path]:
    """`once("site", make)` is a folder that `make` filled, in whichever worker needed it first.

    What could not be made is not tried again in each worker: all are told why.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def folder(name: str, make: Callable[[Path], None]) -> Path:
        made, done, failed = shared / name, shared / f"{name}.done", shared / f"{name}.failed"
        with FileLock(shared / f"{name}.lock"):
            if failed.exists():
                pytest.fail(failed.read_text(encoding="utf-8"), pytrace=False)
            if not done.exists():
                try:
                    make(made)
                except BaseException as error:
                    failed.write_text(f"{name} could not be made: {error}", encoding="utf-8")
                    raise
                done.touch()
        return made

    return folder


@pytest.fixture(scope="session")
def site(once: Callable[[str, Callable[[Path], None]], Path]) -> Site:
    """The whole site, from an empty store."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")]
        if known := os.environ.get(STORE):
            # What a build that goes on beside it has not finished is gone before it is copied.
            shutil.copytree(known, folder / "store", ignore=shutil.ignore_patterns(UNFINISHED))
        environment = {**os.environ, "LIVE_STORE": str(folder / "store"), "NO_MKDOCS_2_WARNING": "1"}
        built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert built.returncode == 0, built.stderr
        (folder / "log").write_text(built.stderr, encoding="utf-8")

    folder = once("site", make)
    return Site(0, (folder / "log").read_text(encoding="utf-8"), folder / "site", Store(folder / "store"))


@pytest.fixture(scope="session")
def trilingual(once: Callable[[str, Callable[[Path], None]], Path]) -> Built:
    """A small site with a third language, published below the root of its host."""

    def make(root: Path) -> None:
        built = like_the_real_one(root).build("--strict", environment={"SITE_URL": BELOW})
        assert built.returncode == 0, built.output

    return Built(0, "", once("trilingual", make) / "site")


def settings_for(pages: Mapping[str, str]) -> str:
    """The real site's configuration with only these pages, by their names in the navigation."""
    nav = "nav:\n" + "".join(f"  - {name}: {page}\n" for name, page in pages.items())
    settings, count = re.subn(r"(?m)^nav:\n(?: .*\n)+", nav, (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert count == 1
    return settings


def like_the_real_one(root: Path) -> Project:
    """A project with the real one's configuration, theme and scripts, a few pages, and a third language.

    In that language there is a first page, and nothing else is translated.
    """
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("*.md"))
    settings = settings_for({"首页": "index.md", "锁": "locks.md"})
    last = settings.index("\nmarkdown_extensions:")
    third = "        - {locale: fr, name: Français, build: true}\n"
    (root / "mkdocs.yml").write_text(settings[:last] + third + settings[last:], encoding="utf-8")
    project = Project(root)
    program = project.snippet("locks/one", "from threading import Lock\n\nwith Lock():\n    print('held')\n")
    for name, (description, text) in SMALL.items():
        shown = block(program) if name.endswith("locks.md") else ""
        project.page(name, f"---\ndescription: {description}\n---\n\n{text}\n\n{shown}")
    return project


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


@pytest.fixture
def unique() -> str:
    """A number of seconds to sleep that tells this test's processes from all others."""
    return f"9{uuid4().int % 10**9:09}"


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """A folder for the TMPDIR of what is tested: nothing may be left in it."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


@pytest.fixture
def open_to_programs(tmp_path: Path) -> Iterator[Path]:
    """A folder that programs may write to although it is not theirs: a fence keeps them out of all others."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)
