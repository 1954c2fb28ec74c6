"""A disk that has no room: for the store, for what a program writes, or for the site.

| What is full                       | Guard that the row misses                                                      |
|------------------------------------|--------------------------------------------------------------------------------|
| the store, for one large recording | `Engine.keep`, which warns instead of failing                                  |
| the store, for all recordings      | `Engine._complain`, which says it once; `files._unfinished`, which tidies up   |
| scratch, from the start            | `Journal.__init__`, which says that the disk has no room for it                |
| scratch, later                     | `Journal._reserve_more`: the system would kill the program for using memory    |
| scratch, so that there is none     | `Runner.run`, which makes an EngineError of it                                 |
| the site                           | `LivePlugin.on_build_error`, which makes one line of it                         |
"""

from __future__ import annotations

import json
import os
import resource
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from live.engine import Engine
from live.errors import EngineError, LiveError
from live.keeping import files
from live.keeping.store import SUFFIX, Store
from live.recording import Recording
from live.running.run import JOURNAL_BYTES, Runner
from tests.faults.elsewhere import call, call_with_disk
from tests.project import Project, block, outputs

PRINTS_MUCH = "import sys\nsys.stdout.write(chr(0) * 600_000)\n"
"""Each byte is six in JSON."""


def check_whole(store: Store) -> int:
    """No file of the store is half, and none is unfinished. Returns how many there are."""
    kept = list(store.folder.rglob(f"*{SUFFIX}"))
    for file in kept:
        Recording.from_json(json.loads(files.read(file)))
    assert not list((store.folder / files.UNFINISHED).iterdir())
    return len(kept)


def limited(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (JOURNAL_BYTES + 500_000, -1))
    project, store, said = Project.create(folder / "project"), Store(folder / "store"), []
    large = project.snippet("a/large", PRINTS_MUCH)
    small = project.snippet("a/small", "print('small')\n")
    recorded = Engine(project.root, store, Runner(), warn=said.append).record({large: (0,), small: (0,)})
    assert len(recorded[large].text) == 600_000
    assert recorded[small].text == "small\n"
    assert len(said) == 1
    assert said[0].startswith(f"The recording of {large} could not be kept in {store.folder} (File too large)")
    assert check_whole(store) == 1
    assert store.get(small, recorded[small].key) == recorded[small]


def test_a_recording_that_is_larger_than_a_file_may_be_costs_only_time(tmp_path: Path) -> None:
    call(limited, tmp_path)


def on_full_disk(folder: Path) -> None:
    store, said = Store(folder / "store"), []
    project = Project.create(folder.parent / "project")
    wanted = {project.snippet(f"a/s{number}", f"print({number})\n"): (0,) for number in range(6)}
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as opened, suppress(OSError):
        while opened.write(bytes(4096)):
            pass

    def build() -> dict[str, Recording]:
        recorded = Engine(project.root, store, Runner(), warn=said.append).record(wanted)
        assert [recorded[path].text for path in wanted] == [f"{number}\n" for number in range(6)]
        return recorded

    build()
    (message,) = said
    assert "could not be kept" in message and "(No space left on device)" in message
    assert not list(store.folder.rglob(f"*{SUFFIX}"))
    os.truncate(filler, filler.stat().st_size - 4 * 4096)  # room for some of them
    build()
    assert len(said) == 2
    assert 0 < check_whole(store) < len(wanted)
    filler.unlink()
    kept = build()
    assert check_whole(store) == len(wanted)
    assert build() == kept, "nothing ran again"


def test_a_full_disk_is_told_once_and_costs_only_time(tmp_path: Path) -> None:
    call_with_disk(on_full_disk, tmp_path / "disk", options="size=256k")


PRINTS_ON = """
import sys
for number in range(20_000):
    print(number)
"""
"""Some hundred kilobytes of events, and more."""


def run_in_scratch(folder: Path, source: str) -> Recording | LiveError:
    assert tempfile.gettempdir() == str(folder)
    project, store = Project.create(folder.parent / "project"), Store(folder.parent / "store")
    path = project.snippet("a/b", source)
    recorded = Engine(project.root, store, Runner()).record({path: (0,)})[path]
    assert not list(folder.glob("live-*")), "its scratch directory is gone"
    assert isinstance(recorded, Recording) or not store.has_any(path)
    return recorded


def from_the_start(folder: Path) -> None:
    error = run_in_scratch(folder, "print(1)\n")
    assert isinstance(error, EngineError)
    assert str(error) == f"snippets/a/b.py: {folder} has no room for its recording; set TMPDIR to another folder"


def later(folder: Path) -> None:
    error = run_in_scratch(folder, PRINTS_ON)
    assert isinstance(error, EngineError), (error.signal, error.exit_code)
    assert str(error) == f"snippets/a/b.py: {folder} has no room for its recording; set TMPDIR to another folder"


def no_folder(folder: Path) -> None:
    error = run_in_scratch(folder, "print(1)\n")
    assert isinstance(error, EngineError)
    assert str(error).startswith("snippets/a/b.py: no scratch directory could be made for it (No space left on device)")


@pytest.mark.parametrize(
    ("case", "options"),
    [(from_the_start, "size=100k"), (later, "size=400k"), (no_folder, "size=100k,nr_inodes=3")],
    ids=["from the start", "later", "no folder"],
)
def test_scratch_without_room_is_told_as_what_it_is(case, options: str, tmp_path: Path) -> None:
    call_with_disk(case, tmp_path / "disk", options=options, environment={"TMPDIR": str(tmp_path / "disk")})


def build_without_scratch(folder: Path) -> None:
    project = Project.create(folder.parent / "project")
    project.twins("page.md", "# P\n\n" + block(project.snippet("a/b", "print(1)\n")))
    built = project.build(environment={"TMPDIR": str(folder)})
    assert built.returncode == 1
    assert "Traceback" not in built.output
    assert built.output.count("has no room for its recording") == 1
    assert not list((project.root / ".cache/live").rglob(f"*{SUFFIX}"))
    built = project.build(environment={"TMPDIR": str(folder.parent)})
    assert built.returncode == 0, built.output
    assert outputs(built.html("page")) == outputs(built.html("en/page")) == ["1"]


def test_a_build_whose_programs_have_no_room_fails_and_the_next_one_is_whole(tmp_path: Path) -> None:
    call_with_disk(build_without_scratch, tmp_path / "disk", options="size=100k")


def build_to_full_disk(folder: Path) -> None:
    project = Project.create(folder.parent / "project")
    project.twins("page.md", "# P\n\n" + block(project.snippet("a/b", "print(1)\n")))
    (folder / "filler").write_bytes(bytes(200 * 1024))
    built = project.build("--site-dir", str(folder / "site"))
    assert built.returncode == 1
    assert built.output.count(f"The build could not go on at {folder}/site/") == 1, built.output
    assert "(No space left on device)" in built.output
    assert "Traceback" not in built.output
    (folder / "filler").unlink()
    again = project.build("--strict")
    assert again.returncode == 0, again.output
    assert outputs(again.html("page")) == ["1"]


def test_a_site_that_has_no_room_fails_and_says_why(tmp_path: Path) -> None:
    call_with_disk(build_to_full_disk, tmp_path / "disk", options="size=256k")
