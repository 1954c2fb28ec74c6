"""A run: what it records, and what it keeps from the program."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from live.errors import EngineError
from tests.conftest import NEEDS_GEVENT
from tests.project import Project, run


def test_stdout_and_stderr_are_one_stream_in_the_order_they_were_written(project: Project) -> None:
    recorded = run(
        project,
        """
        import os, sys
        for number in range(50):
            print("out", number)
            print("err", number, file=sys.stderr)
        os.write(1, b"raw\\n")
        os.system("echo child")
        print("end")
        """,
    )
    expected = [f"{name} {number}" for number in range(50) for name in ("out", "err")]
    assert recorded.lines == [*expected, "raw", "child", "end"]
    assert recorded.exit_code == 0


def test_each_piece_of_output_has_its_time(project: Project) -> None:
    recorded = run(
        project,
        """
        import time
        print("one")
        time.sleep(0.2)
        print("two")
        """,
    )
    assert recorded.lines == ["one", "two"], recorded
    times = [piece.at for piece in recorded.output]
    assert times == sorted(times)
    assert times[-1] >= 200_000_000, f"nanoseconds, and the last line came after the sleep: {recorded}"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("1 / 0", 1),
        ("import sys; sys.exit(3)", 3),
        ("import sys; sys.exit(0)", 0),
        ("import sys; sys.exit('words')", 1),
        ("import os; os._exit(0)", 0),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("import os, signal; os.killpg(0, signal.SIGKILL)", -signal.SIGKILL),
        ("import os; os.abort()", -signal.SIGABRT),
        ("def", 1),
    ],
)
def test_the_exit_code_is_recorded(project: Project, source: str, code: int) -> None:
    recorded = run(project, f"print('before', flush=True)\n{source}" if source != "def" else source)
    assert recorded.exit_code == code
    assert source == "def" or recorded.lines[0] == "before"
    assert not recorded.timed_out


def test_too_much_output_is_cut_in_the_middle_and_counted(project: Project) -> None:
    recorded = run(
        project,
        """
        import sys
        for number in range(200):
            sys.stdout.write(f"{number:0999999}\\n")
        """,
        limit=100_000,
    )
    assert recorded.exit_code == 0
    kept = len(recorded.text)
    assert kept == 100_000
    assert sum(piece.dropped for piece in recorded.output) == 200_000_000 - kept
    assert recorded.text.startswith("0" * 1000)
    assert recorded.text.endswith("199\n")


def test_output_within_the_limit_is_whole(project: Project) -> None:
    recorded = run(project, "print('x' * 99_999)", limit=100_000)
    assert recorded.text == "x" * 99_999 + "\n"
    assert all(piece.dropped == 0 for piece in recorded.output)


def test_bytes_that_are_not_utf8_survive(project: Project) -> None:
    data = bytes(range(256)) + "并发".encode()
    recorded = run(project, f"import sys; sys.stdout.buffer.write({data!r})")
    assert recorded.text.encode("utf-8", "surrogateescape") == data


def test_a_character_that_arrives_in_two_pieces_is_one_character(project: Project) -> None:
    recorded = run(
        project,
        """
        import os, time
        first, *rest = "并".encode()
        os.write(1, bytes([first]))
        time.sleep(0.05)
        os.write(1, bytes(rest))
        """,
    )
    assert recorded.text == "并"


def test_standard_input_is_empty(project: Project) -> None:
    recorded = run(project, "import sys; print(repr(sys.stdin.read()))\ninput()")
    assert recorded.lines[0] == "''"
    assert recorded.lines[-1].startswith("EOFError")


def test_files_go_to_an_empty_scratch_directory_that_is_gone_afterwards(project: Project) -> None:
    before = sorted(project.root.rglob("*"))
    recorded = run(
        project,
        """
        import os, pathlib, tempfile
        print(os.listdir())
        pathlib.Path("made.txt").write_text("x")
        pathlib.Path.home().joinpath("made").mkdir()
        tempfile.mkstemp()
        print(os.getcwd())
        """,
    )
    assert recorded.lines[0] == "[]"
    assert not Path(recorded.lines[1]).exists()
    assert sorted(project.root.rglob("*")) == sorted(
        [*before, project.root / "snippets/chapter", project.root / "snippets/chapter/program.py"]
    )


def test_a_full_disk_is_told_as_what_it_is(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("live.running.environment.TemporaryDirectory", full)
    with pytest.raises(EngineError, match=r"program\.py: no scratch directory could be made for it \(No space left"):
        run(project, "pass")


def test_where_the_project_lies_is_nobodys_business(project: Project) -> None:
    recorded = run(project, "import os\nprint(os.path.abspath(__file__))\n1 / 0\n")
    assert recorded.lines[0] == "snippets/chapter/program.py"
    assert '  File "snippets/chapter/program.py", line 3, in <module>' in recorded.lines
    assert str(project.root) not in recorded.text


def test_paths_of_the_standard_library_do_not_say_where_python_is_installed(project: Project) -> None:
    recorded = run(project, "import json; json.loads('')")
    library = Path(json.__file__).parents[1]
    assert f'File "{library.parent.name}/{library.name}/json/__init__.py"' in recorded.text
    assert str(library.parent) not in recorded.text


@NEEDS_GEVENT
def test_gevent_and_logging_set_up_stay_inside_the_program(project: Project) -> None:
    import logging
    import socket

    before = (logging.root.level, list(logging.root.handlers), socket.socket)
    recorded = run(
        project,
        """
        from gevent import monkey; monkey.patch_all()
        import logging, socket
        logging.basicConfig(level=logging.DEBUG)
        logging.debug("patched: %s", socket.socket.__module__)
        """,
    )
    assert recorded.lines == ["DEBUG:root:patched: gevent._socket3"]
    assert (logging.root.level, list(logging.root.handlers), socket.socket) == before
