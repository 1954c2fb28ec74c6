"""What is kept, when it is not what was written: each time the program runs again, and what it gives is kept instead.

| What is found                                | Guard that the row misses                                        |
|----------------------------------------------|------------------------------------------------------------------|
| cut off, overwritten, one bit changed        | `files.read`, which looks at the seal                            |
| another schema, another snippet's, no object | `Recording.from_json`, and the check in `Store.get`              |
| a folder, with or without something in it    | `files.write`, which removes it                                  |
| a link in a circle or to nowhere             | `Store.get` and `Kept._get`, to which any OSError is a miss      |
| the same where folders should be             | `files._make_folder`, which removes them                         |
| nested so deep that reading it fails         | `Store.get`, to which a RecursionError is a miss                 |
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree

import pytest

from live.keeping import files
from live.keeping.store import SUFFIX
from live.recording import SCHEMA
from live.rendering.kept import Kept
from tests.engine.test_keeping import RECORDING
from tests.faults.instant import build
from tests.project import Project

OPTIONAL = {"crowd"}
"""What recordings of an earlier version of the same schema have not."""
TEXT = "<p>并发</p>\r\n" * 100


def damaged(whole: bytes) -> Iterator[bytes]:
    """What else may be in a file that began as `whole`."""
    lines = [position + 1 for position, byte in enumerate(whole) if byte == ord("\n")]
    for length in sorted({*range(0, len(whole), 100), *lines, 1, len(whole) - 1}):
        yield whole[:length]
        yield whole[:length] + bytes(len(whole) - length)  # as after a power cut
    noise = random.Random(8)
    yield noise.randbytes(len(whole))
    for _ in range(20):
        changed = bytearray(whole)
        changed[noise.randrange(len(whole))] ^= 1 << noise.randrange(8)
        yield bytes(changed)
        at = noise.randrange(len(whole))
        yield whole[:at] + noise.randbytes(100) + whole[at + 100 :]
    yield whole + b"\n"
    yield whole.decode().encode("utf-16")
    yield b"\xef\xbb\xbf" + whole


def make_link_in_a_circle(place: Path) -> None:
    place.symlink_to(place)


def make_link_to_nowhere(place: Path) -> None:
    place.symlink_to("gone")


def make_full_folder(place: Path) -> None:
    (place / "in").mkdir(parents=True)
    (place / "in/file").write_text("x")


IN_THE_WAY = {
    "an empty folder": Path.mkdir,
    "a folder with something in it": make_full_folder,
    "a link in a circle": make_link_in_a_circle,
    "a link to nowhere": make_link_to_nowhere,
}


class TestARecording:
    @pytest.fixture
    def path(self, project: Project) -> str:
        return project.snippet("a/b", "print(1)\n")

    @pytest.fixture
    def file(self, project: Project, path: str) -> Path:
        """The one in the store."""
        assert build(project.root, project.root / "store", path) == [path]
        (file,) = (project.root / "store").rglob(f"*{SUFFIX}")
        return file

    @staticmethod
    def check(project: Project, path: str, what: object) -> None:
        assert build(project.root, project.root / "store", path) == [path], what
        assert build(project.root, project.root / "store", path) == [], what

    def test_that_is_damaged_anywhere_is_renewed(self, project: Project, path: str, file: Path) -> None:
        whole = file.read_bytes()
        for data in damaged(whole):
            file.write_bytes(data)
            self.check(project, path, data)
            assert file.read_bytes() == whole

    def test_that_is_no_recording_of_this_program_is_renewed(self, project: Project, path: str, file: Path) -> None:
        plain = json.loads(files.read(file))
        changes = ({"schema": SCHEMA - 1}, {"schema": SCHEMA + 1}, {"schema": str(SCHEMA)}, {"key": "1" * 32})
        others = [{**plain, **change} for change in (*changes, {"snippet": "snippets/a/c.py"}, {"more": 1})]
        others += [
            {name: value for name, value in plain.items() if name != left_out} for left_out in plain.keys() - OPTIONAL
        ]
        texts = [json.dumps(other) for other in others] + ["null", "[]", "{}", "3", '"x"', "", "[" * 100_000]
        for text in texts:
            files.write(file, text.encode(), within=project.root / "store")
            self.check(project, path, text[:200])

    @pytest.mark.parametrize("make", IN_THE_WAY.values(), ids=IN_THE_WAY)
    def test_is_renewed_where_something_else_stands(
        self, make: Callable[[Path], None], project: Project, path: str, file: Path
    ) -> None:
        file.unlink()
        make(file)
        self.check(project, path, make)

    @pytest.mark.parametrize("make", [Path.touch, make_link_in_a_circle, make_link_to_nowhere])
    @pytest.mark.parametrize("place", ["snippets", "snippets/a", "snippets/a/b", files.UNFINISHED])
    def test_is_renewed_where_no_folder_is(
        self, make: Callable[[Path], None], place: str, project: Project, path: str, file: Path
    ) -> None:
        file.unlink()
        rmtree(project.root / "store" / place)
        make(project.root / "store" / place)
        self.check(project, path, place)


class TestAPieceOfAPage:
    """Likewise, for what is made of a recording."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        assert Kept(tmp_path / "kept").text(RECORDING, "zh", lambda: TEXT) == TEXT
        (file,) = (tmp_path / "kept").rglob("*.txt")
        return file

    @staticmethod
    def check(folder: Path, what: object) -> None:
        kept = Kept(folder)
        assert kept.text(RECORDING, "zh", lambda: TEXT) == TEXT, what
        assert kept.text(RECORDING, "zh", lambda: "was not kept") == TEXT, what

    def test_that_is_damaged_anywhere_is_made_again(self, tmp_path: Path, file: Path) -> None:
        whole = file.read_bytes()
        for data in damaged(whole):
            file.write_bytes(data)
            self.check(tmp_path / "kept", data)
            assert file.read_bytes() == whole

    def test_in_another_encoding_is_made_again(self, tmp_path: Path, file: Path) -> None:
        files.write(file, TEXT.encode("gb18030"), within=tmp_path / "kept")
        self.check(tmp_path / "kept", "GB 18030")

    @pytest.mark.parametrize("make", IN_THE_WAY.values(), ids=IN_THE_WAY)
    def test_is_made_again_where_something_else_stands(
        self, make: Callable[[Path], None], tmp_path: Path, file: Path
    ) -> None:
        file.unlink()
        make(file)
        self.check(tmp_path / "kept", make)

    def test_that_may_only_be_read_is_still_good_after_days(
        self, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.utime(file, (1, 1))

        def refused(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "utime", refused)
        assert Kept(tmp_path / "kept").text(RECORDING, "zh", lambda: "made again") == TEXT
