"""A store that others use at the same time, or that is not ours to write to.

| What happens                                 | Guard that the row misses                                        |
|----------------------------------------------|------------------------------------------------------------------|
| four builds of one project at once           | `files.write`, which gives each writer a file of its own         |
| four writers of one recording, and a reader  | the same, and its rename                                         |
| a store that may only be read                | `Engine.keep`, which warns; `Kept._get`, which goes on           |
| a store of another user                      | the same                                                         |
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from live.engine import Engine
from live.keeping import files
from live.keeping.key import key_of
from live.keeping.store import SUFFIX, Store
from live.recording import Recording
from live.rendering.kept import Kept
from live.running.run import Runner
from live.snippet import Snippet
from tests.faults.elsewhere import IN_NAMESPACE, call, may_mount
from tests.faults.instant import Instant
from tests.project import Project, block, outputs

SAYS_WHICH = "import os, time\nprint({number}, os.getpid(), time.time_ns())\n"
"""No two runs print the same."""


def test_four_builds_at_once_are_right_each_and_lose_nothing(project: Project) -> None:
    paths = [project.snippet(f"a/s{number}", SAYS_WHICH.format(number=number)) for number in range(6)]
    project.twins("page.md", "# P\n\n" + "\n".join(map(block, paths)))
    builders = [
        subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", f"site{number}"],
            cwd=project.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number in range(4)
    ]
    said = [builder.communicate(timeout=300)[0] for builder in builders]
    assert [builder.returncode for builder in builders] == [0] * 4, said
    assert "Traceback" not in "".join(said)
    shown: dict[str, set[str]] = {path: set() for path in paths}
    for number in range(4):
        pages = [project.root / f"site{number}" / name / "index.html" for name in ("page", "en/page")]
        chinese, english = [outputs(page.read_text(encoding="utf-8")) for page in pages]
        assert chinese == english
        assert [text.split()[0] for text in chinese] == [str(index) for index in range(6)]
        for path, text in zip(paths, chinese, strict=True):
            shown[path].add(text)
    store = Store(project.root / ".cache/live")
    for path in paths:
        kept = store.get(path, key_of(Snippet.load(project.root, path), Runner()))
        assert kept and kept.text.strip() in shown[path], "what is kept was shown by one of them"
        assert len(list((store.folder / path.removesuffix(".py")).glob(f"*{SUFFIX}"))) == 1
    assert not list((store.folder / files.UNFINISHED).iterdir())


NOBODY = 65534


def warn_only(folder: Path) -> None:
    """A build whose store holds one of its two programs, and takes no other."""
    project, store, said = Project(folder / "project"), Store(folder / "store"), []
    runner = Instant()
    paths = ["snippets/a/kept.py", "snippets/a/new.py", "snippets/a/newer.py"]
    before = sorted((file, file.stat().st_mtime) for file in store.folder.rglob("*"))
    recorded = Engine(project.root, store, runner, warn=said.append).record(dict.fromkeys(paths, (0,)))
    assert all(isinstance(recording, Recording) for recording in recorded.values())
    assert sorted(runner.ran) == paths[1:], "what is there is taken"
    (message,) = said
    assert re.search(r"snippets/a/newe?r?\.py could not be kept in .*/store \((Permission denied|Read-only)", message)
    kept = Kept(store.folder)
    assert kept.text(recorded[paths[0]], "zh", lambda: "made again") == "<p>zh</p>"
    assert kept.text(recorded[paths[0]], "en", lambda: "made") == "made"
    assert sorted((file, file.stat().st_mtime) for file in store.folder.rglob("*")) == before


def read_only(folder: Path) -> None:
    done = subprocess.run(["mount", "--bind", "-o", "ro", str(folder / "store"), str(folder / "store")])
    assert done.returncode == 0
    warn_only(folder)


class TestAStoreThatIsNotOursToWriteTo:
    """Modes do not bind root: so it is a mount that may only be read, and a child without that right."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        project, store = Project.create(tmp_path / "project"), Store(tmp_path / "store")
        for name in ("kept", "new", "newer"):
            project.snippet(f"a/{name}", "print(1)\n")
        recorded = Engine(project.root, store, Instant()).record({"snippets/a/kept.py": (0,)})["snippets/a/kept.py"]
        assert isinstance(recorded, Recording)
        assert Kept(store.folder).text(recorded, "zh", lambda: "<p>zh</p>") == "<p>zh</p>"
        for file in store.folder.rglob("*.txt"):
            os.utime(file, (1, 1))  # so old that a build would like to say that it is still in use
        return tmp_path

    def test_mounted_so_that_it_may_only_be_read(self, folder: Path) -> None:
        if reason := may_mount():
            pytest.skip(reason)
        call(read_only, folder, before=IN_NAMESPACE)

    def test_of_another_user(self, folder: Path) -> None:
        """Root gives it away, and its right to any file up; nobody else can, but modes bind everybody else."""
        before: tuple[str, ...] = ()
        for place in (*(folder / "store").rglob("*"), folder / "store"):
            if os.geteuid() == 0:
                os.chown(place, NOBODY, NOBODY)
                before = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")
            place.chmod(0o555 if place.is_dir() else 0o444)
        if before and not shutil.which(before[0]):
            pytest.skip("root cannot give up its right to any file here: there is no setpriv(1)")
        call(warn_only, folder, before=before)
