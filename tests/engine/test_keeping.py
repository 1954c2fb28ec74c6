"""The store and its keys: nothing runs twice for the same state, and nothing is taken for what it is not."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import random
from dataclasses import replace
from pathlib import Path
from weakref import ref

import pytest

from live.engine import Engine
from live.errors import LiveError
from live.keeping import files
from live.keeping.store import KEPT, Store
from live.recording import Interpreter, Machine, Piece, Recording
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Project

KNOWN = "'timeout', 'measure', 'free-threaded', 'needs', 'launch' and 'reads'"
RECORDING = Recording(
    snippet="snippets/a/b.py",
    key="0" * 32,
    exit_code=0,
    timeout=30.0,
    duration=1_234_567_890,
    started="2026-11-23T12:00:00+00:00",
    output=(Piece(1, "并发\n"), Piece(2, "\udcff\x00\x1b[1m", lane="t1"), Piece(3, "end", dropped=7)),
    traces="",
    leftovers=("sleep 1",),
    launch=("mpiexec", "-n", "4"),
    interpreter=Interpreter("CPython", "3.13.0", False),
    machine=Machine("Linux", "x86-64", 2),
)


def test_a_recording_comes_back_from_the_store_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.put(RECORDING)
    assert store.get(RECORDING.snippet, RECORDING.key) == RECORDING


def test_snippets_of_the_same_file_name_are_kept_apart(tmp_path: Path) -> None:
    store = Store(tmp_path)
    other = replace(RECORDING, snippet="snippets/c/b.py", duration=1)
    store.put(RECORDING)
    store.put(other)
    assert store.get(RECORDING.snippet, RECORDING.key) == RECORDING
    assert store.get(other.snippet, other.key) == other


def test_a_damaged_recording_is_a_miss(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(RECORDING)
    (file,) = tmp_path.rglob("*.jsonl")
    whole = file.read_bytes()
    noise = random.Random(0)
    damaged = [whole[:length] for length in range(0, len(whole), 10)]
    damaged += [b"null", b"[]", b"{}", b"\xff\xfe", noise.randbytes(1000), b"[" * 100_000]
    for change in ({"schema": 0}, {"key": "1" * 32}, {"snippet": "snippets/x.py"}, {"output": 3}, {"more": 1}):
        files.write(file, json.dumps({**json.loads(files.read(file)), **change}).encode(), within=tmp_path)
        damaged.append(file.read_bytes())
        file.write_bytes(whole)
    for data in damaged:
        file.write_bytes(data)
        assert store.get(RECORDING.snippet, RECORDING.key) is None, data[:100]
    file.write_bytes(whole)
    assert store.get(RECORDING.snippet, RECORDING.key) == RECORDING


def test_a_recording_that_cannot_be_written_leaves_the_old_one_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.put(RECORDING)
    before = sorted(tmp_path.rglob("*"))

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        store.put(replace(RECORDING, duration=5))
    assert sorted(tmp_path.rglob("*")) == before
    assert store.get(RECORDING.snippet, RECORDING.key) == RECORDING


def _put_many(folder: Path, writer: int) -> None:
    for number in range(100):
        Store(folder).put(replace(RECORDING, duration=writer * 1000 + number))


def test_processes_that_write_at_once_never_leave_half_a_recording(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_put_many, args=(tmp_path, writer)) for writer in range(3)]
    for writer in writers:
        writer.start()
    store = Store(tmp_path)
    while any(writer.is_alive() for writer in writers):
        for file in tmp_path.rglob("*.jsonl"):
            files.read(file)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert store.get(RECORDING.snippet, RECORDING.key) is not None
    assert not list((tmp_path / files.UNFINISHED).iterdir())


def test_only_the_newest_recordings_of_a_snippet_are_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(KEPT + 3):
        store.put(replace(RECORDING, key=f"{number:032}"))
        for file in tmp_path.rglob("*.jsonl"):
            os.utime(file, ns=(0, int(file.stem) * 10**9))
    assert sorted(int(file.stem) for file in tmp_path.rglob("*.jsonl")) == list(range(3, KEPT + 3))


def counting(project: Project, folder: Path, name: str = "a/counted", after: str = "") -> tuple[str, Path]:
    """A snippet that leaves a mark, outside its scratch directory, each time it runs."""
    marks = folder / "marks"
    return project.snippet(name, f"open({str(marks)!r}, 'a').write('|')\n{after}"), marks


def test_a_snippet_runs_once_until_something_it_depends_on_changes(
    project: Project, tmp_path: Path, open_to_programs: Path
) -> None:
    path, marks = counting(project, open_to_programs)
    store = Store(tmp_path / "store")
    for _ in range(3):  # three builds
        engine = Engine(project.root, store, Runner())
        for _ in range(2):  # of two languages
            assert isinstance(engine.record({path: {0}})[path], Recording)
    assert marks.read_text() == "|"
    counting(project, open_to_programs, after="print('edited')\n")
    assert Engine(project.root, store, Runner()).record({path: {0}})[path].text == "edited\n"
    assert marks.read_text() == "||"


def test_what_failed_is_tried_again_by_the_next_build_but_not_within_one(
    project: Project, tmp_path: Path, open_to_programs: Path
) -> None:
    path, marks = counting(project, open_to_programs, after="raise SystemExit(3)")
    store = Store(tmp_path / "store")
    engine = Engine(project.root, store, Runner())
    for _ in range(3):
        assert engine.record({path: {0}})[path].exit_code == 3
    assert marks.read_text() == "|"
    Engine(project.root, store, Runner()).record({path: {0}})
    assert marks.read_text() == "||"
    Engine(project.root, store, Runner()).record({path: {3}})  # a page that expects it
    Engine(project.root, store, Runner()).record({path: {3}})
    assert marks.read_text() == "|||"


def test_a_server_remembers_no_run_of_what_a_program_was_before(project: Project, tmp_path: Path) -> None:
    engine = Engine(project.root, Store(tmp_path / "store"), Runner())

    def forgotten_after_edit_to(name: str, text: str) -> list[bool]:
        path = project.snippet(name, f"print('{text}')")
        seen.append(ref(engine.record({path: {0}})[path]))
        gc.collect()
        return [run() is None for run in seen]

    seen: list[ref[object]] = []
    assert forgotten_after_edit_to("a/edited", "one") == [False]
    assert forgotten_after_edit_to("a/edited", "two") == [True, False]
    (project.root / "snippets/a/edited.py").unlink()
    assert forgotten_after_edit_to("a/renamed", "two") == [True, True, False]


def test_a_snippet_that_is_edited_while_it_runs_is_not_kept(project: Project, tmp_path: Path) -> None:
    file = project.root / "snippets/a/edited.py"
    path = project.snippet("a/edited", "print('as it was')\n")

    class Edited(Runner):
        def run(self, snippet: Snippet, key: str = "") -> Recording:
            recording = super().run(snippet, key)
            file.write_text("print('as it is')\n")
            return recording

    store = Store(tmp_path / "store")
    assert Engine(project.root, store, Edited()).record({path: {0}})[path].text == "as it was\n"
    assert not store.has_any(path)


def test_a_store_that_cannot_be_written_warns_and_costs_only_time(
    project: Project, tmp_path: Path, open_to_programs: Path
) -> None:
    path, _ = counting(project, open_to_programs)
    (tmp_path / "file").write_text("in the way")
    warnings: list[str] = []
    engine = Engine(project.root, Store(tmp_path / "file"), Runner(), warn=warnings.append)
    assert isinstance(engine.record({path: {0}})[path], Recording)
    assert len(warnings) == 1
    assert f"The recording of {path} could not be kept" in warnings[0]


def test_one_bad_snippet_does_not_keep_the_others_from_running(project: Project, tmp_path: Path) -> None:
    good = project.snippet("a/good", "print('good')\n")
    bad = project.snippet("a/bad", "# /// script\n# [tool.live]\n# timout = 3\n# ///\n")
    found = Engine(project.root, Store(tmp_path), Runner()).record({bad: {0}, good: {0}, "snippets/a/god.py": {0}})
    assert found[good].text == "good\n"
    assert str(found[bad]) == f"{bad}: [tool.live] has no option 'timout'; there are {KNOWN}"
    assert str(found["snippets/a/god.py"]) == (
        "snippets/a/god.py: there is no such file. Did you mean snippets/a/good.py?"
    )


@pytest.mark.parametrize(
    ("path", "head", "message"),
    [
        ("a/b.py", "", "a snippet is a .py file under snippets/"),
        ("snippets/../live/cli.py", "", "a snippet is a .py file under snippets/"),
        ("snippets/a/x.py", "# [tool.live]\n# timeout = 0\n", "timeout is in seconds, more than 0, not 0"),
        ("snippets/a/x.py", "# [tool.live]\n# timeout = true\n", "timeout is in seconds, more than 0, not True"),
        ("snippets/a/x.py", "# [tool.live]\n# measure = 1\n", "measure is true or false, not 1"),
        ("snippets/a/x.py", "# [tool.live\n", "the `# /// script` block is not TOML"),
    ],
)
def test_bad_options_get_one_clear_message(project: Project, path: str, head: str, message: str) -> None:
    project.snippet("a/x", f"# /// script\n{head}# ///\n")
    with pytest.raises(LiveError) as raised:
        Snippet.load(project.root, path)
    assert str(raised.value).startswith(f"{path}: ")
    assert message in str(raised.value)
