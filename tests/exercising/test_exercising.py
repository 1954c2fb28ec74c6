"""`make exercise`: it checks a reader's copy whenever that is saved, says what came, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from live.errors import EngineError
from live.exercising.exercises import exercises, find
from live.exercising.program import BrokenPromise, Program
from live.exercising.trying import PATIENCE as CHECKED
from live.exercising.trying import try_it
from live.exercising.watching import Watch
from live.running.run import Runner
from tests.conftest import ROOT
from tests.project import commands_with, wait_for

PATIENCE = 60.0
"""Seconds; only so that a broken promise ends."""
CHECKS = '''\
from live.exercising.program import CannotCheck, expect

PATIENCE = 60

def sums(program):
    """The sum is 3."""
    came = program.load().total()
    expect(came == 3, f"it is {came}")

def hangs(program):
    """The program ends."""
    program.run(patience=PATIENCE)

def hangs_inside(program):
    """Importing it comes to an end."""
    program.load()

def lacks(program):
    """Something is there."""
    raise CannotCheck("something is not here")
'''


@pytest.fixture(autouse=True)
def faulthandler_in_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the environment that checks run in."""
    monkeypatch.setenv("PYTHONFAULTHANDLER", "1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project with four exercises."""
    for name, text in {
        "snippets/exercises/a/sums.py": "def total():\n    return 1 + 1\n",
        "snippets/exercises/a/sums_mended.py": "def total():\n    return 1 + 2\n",
        "snippets/exercises/a/hangs.py": "import time\nwhile True:\n    time.sleep(1)\n",
        "snippets/exercises/a/hangs_inside.py": "import time\nwhile True:\n    time.sleep(1)\n",
        "snippets/exercises/a/lacks.py": "",
        "tests/__init__.py": "",
        "tests/exercises/__init__.py": "",
        "tests/exercises/a.py": CHECKS,
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.stop()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "live.exercising", *arguments]


def done(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A whole run of the command line."""
    return subprocess.run(
        command(*arguments), cwd=root, env=environment(), capture_output=True, text=True, timeout=PATIENCE
    )


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@dataclass
class Waiting:
    """A run of the command line that goes on, and what it has said."""

    process: subprocess.Popen[bytes]
    said: str = field(default="")

    @classmethod
    def begin(cls, root: Path, *arguments: str) -> Waiting:
        return cls(
            subprocess.Popen(
                command(*arguments),
                cwd=root,
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        )

    def until(self, text: str) -> str:
        """Read until it has said that; what it said up to there."""
        assert self.process.stdout
        deadline = time.monotonic() + PATIENCE
        while text not in self.said:
            assert select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))[0], self.said
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            assert data, f"it ended before it said {text!r}: {self.said}"
            self.said += data.decode()
        before, _, self.said = self.said.partition(text)
        return before + text

    def interrupt(self) -> int:
        """Press Ctrl-C, as a terminal does: for its whole group. The exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(CHECKED / 2)  # before a check that hangs is given up by itself


@pytest.fixture
def begin(root: Path) -> Iterator[object]:
    begun: list[Waiting] = []

    def begin_(*arguments: str) -> Waiting:
        begun.append(Waiting.begin(root, *arguments))
        return begun[-1]

    yield begin_
    for one in begun:
        one.process.kill()
        one.process.wait()
        assert one.process.stdout
        one.process.stdout.close()


def test_an_exercise_is_named_with_its_chapter_or_without_or_by_its_file(root: Path) -> None:
    names = ["a/sums", "sums", "snippets/exercises/a/sums.py", "exercises/a/sums.py", "a/sums_mended.py"]
    assert {find(root, name).name for name in names} == {"a/sums"}


@pytest.mark.parametrize(
    ("name", "hint"),
    [("a/sms", "Did you mean a/sums?"), ("hang", "Did you mean a/hangs?"), ("xyz", "make exercise lists all")],
)
def test_an_unknown_name_gets_one_clear_message_with_the_nearest_name(root: Path, name: str, hint: str) -> None:
    ran = done(root, name)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert "there is no such exercise" in ran.stderr
    assert hint in ran.stderr
    assert not (root / "exercises").exists()


def test_the_first_time_a_copy_is_made_and_later_it_is_left_alone(root: Path) -> None:
    first = done(root, "a/sums", "--once")
    copy = root / "exercises/a/sums.py"
    assert "exercises/a/sums.py is your copy" in first.stdout
    assert copy.read_text() == (root / "snippets/exercises/a/sums.py").read_text()
    copy.write_text("def total():\n    return 4\n")
    assert "came      it is 4" in done(root, "a/sums", "--once").stdout
    assert copy.read_text() == "def total():\n    return 4\n"


def test_it_says_what_was_promised_and_what_came(root: Path) -> None:
    ran = done(root, "a/sums", "--once")
    assert ran.returncode == 1
    assert "a/sums: not yet\n  promised  The sum is 3.\n  came      it is 2\n" in ran.stdout


def test_a_mended_copy_passes_and_the_next_exercise_is_named(root: Path) -> None:
    begun = find(root, "a/sums")
    begun.begin()
    shutil.copy(begun.mended, begun.copy)
    ran = done(root, "a/sums")
    assert ran.returncode == 0
    assert "a/sums: mended" in ran.stdout
    assert "Next: make exercise a/hangs" in ran.stdout


@pytest.mark.parametrize(
    ("text", "came"),
    [
        ("def total(:\n", r"SyntaxError: .*, line 1"),
        ("def total():\n    return 1 / 0\n", r"ZeroDivisionError: division by zero, in line 2: return 1 / 0"),
        (
            "def total():\n    error = TypeError('no')\n    error.add_note('while it added')\n    raise error\n",
            r"TypeError: no, in line 4: raise error",
        ),
        ("import sys\nsys.exit('bye')\n", r"SystemExit: bye, in line 2: sys.exit\('bye'\)"),
        ("import os\nos._exit(3)\n", r"the whole process ended with exit code 3"),
        ("", r"AttributeError: module 'exercise' has no attribute 'total'"),
    ],
)
def test_a_program_that_cannot_even_be_used_is_a_broken_promise(
    root: Path, runner: Runner, tmp_path: Path, text: str, came: str
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(text)
    verdict = try_it(find(root, "a/sums"), file, runner)
    assert not verdict.kept
    assert re.fullmatch(came, verdict.came), verdict.came


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("print('one')\nprint('two')\nprint()\n", "two"),
        ("", "nothing"),
        ("error = TypeError('no')\nerror.add_note('while it added')\nraise error\n", "TypeError: no"),
        ("try:\n    {}['a']\nexcept KeyError:\n\n    1 / 0\n", "ZeroDivisionError: division by zero"),
        ("import traceback\ntry:\n    1 / 0\nexcept Exception:\n    traceback.print_exc()\nprint('well')\n", "well"),
        ("print('bad')\nraise SystemExit(3)\n", "bad"),
    ],
)
def test_the_last_that_a_program_said_is_its_error_and_no_note_of_that(tmp_path: Path, text: str, last: str) -> None:
    file = tmp_path / "mine.py"
    file.write_text(text)
    assert Program(file).run().last == last


def test_a_program_that_hangs_is_stopped_and_the_verdict_says_where_it_stood(root: Path) -> None:
    program = Program(find(root, "a/hangs").broken)
    with pytest.raises(BrokenPromise, match="still running after 5 s, and stopped") as came:
        program.run(patience=5)
    assert "it stood at line 3 in <module>" in str(came.value)
    assert commands_with(str(program.file)) == []


@pytest.mark.parametrize("name", ["a/hangs", "a/hangs_inside"])
def test_a_check_that_hangs_is_stopped_with_its_processes(root: Path, runner: Runner, name: str) -> None:
    verdict = try_it(find(root, name), find(root, name).broken, runner, patience=5)
    assert verdict.came.startswith("still running after 5 s, and stopped")
    assert ("it stood at line 3 in <module>" in verdict.came) == (name == "a/hangs_inside")
    assert commands_with(str(root)) == []


def test_what_the_check_lacks_is_said_and_is_no_broken_promise(root: Path) -> None:
    ran = done(root, "a/lacks")
    assert ran.returncode == 2
    assert "cannot be checked here: something is not here" in ran.stdout


def test_a_check_that_is_not_there_is_a_mistake_of_the_project(root: Path, runner: Runner) -> None:
    (root / "snippets/exercises/a/new.py").write_text("")
    with pytest.raises(EngineError, match="has no attribute 'new'"):
        try_it(find(root, "a/new"), root / "snippets/exercises/a/new.py", runner)


def test_the_list_tells_what_is_done(root: Path) -> None:
    for name in ("sums", "hangs"):
        find(root, name).begin()
    shutil.copy(find(root, "sums").mended, find(root, "sums").copy)
    find(root, "hangs").copy.write_text("raise SystemExit\n")
    ran = done(root)
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[:4] == [
        "a/hangs         done",
        "a/hangs_inside  not done",
        "a/lacks         not done",
        "a/sums          done",
    ]
    find(root, "sums").copy.write_text("def total():\n    return 0\n")
    assert "a/sums          not done, begun in exercises/a/sums.py" in done(root).stdout


def test_exercises_come_in_the_order_of_the_chapters() -> None:
    chapters = [exercise.chapter for exercise in exercises(ROOT)]
    assert list(dict.fromkeys(chapters)) == [
        "threads",
        "locks",
        "event",
        "processes",
        "synchronisation",
        "deadlocks",
        "gil",
        "between",
        "pools",
        "coroutines",
        "aio",
        "combined",
        "mpi",
        "cluster",
    ]


def replace(file: Path, text: str) -> None:
    """Save as many editors do: write another file, and put it in the place of the first."""
    other = file.with_name("4913")
    other.write_text(text)
    other.replace(file)


def rewrite(file: Path, text: str) -> None:
    """Save as others do: empty the file, and write into it."""
    file.write_text(text)


@pytest.mark.parametrize("save", [replace, rewrite])
def test_each_save_is_checked_until_the_promise_is_kept(root: Path, begin, save) -> None:
    waiting = begin("a/sums")
    copy = root / "exercises/a/sums.py"
    assert "it is 2" in waiting.until("Ctrl-C ends this.")
    save(copy, "def total():\n    return 5\n")
    assert "it is 5" in waiting.until("Ctrl-C ends this.")
    save(copy, "def total():\n    return 3\n")
    waiting.until("a/sums: mended")
    assert waiting.process.wait(PATIENCE) == 0


def test_what_is_saved_during_a_check_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("one")
    with Watch(file) as watch:
        watch.read()
        file.write_text("another")
        watch.wait()
        watch.read()
        other = tmp_path / "other.py"
        other.write_text("not looked at")
        replace(file, "a third")
        watch.wait()


def test_ctrl_c_while_it_waits_ends_it_without_a_trace(root: Path, begin) -> None:
    waiting = begin("a/sums")
    waiting.until("Ctrl-C ends this.")
    assert waiting.interrupt() == 130
    assert "Traceback" not in waiting.process.stdout.read().decode()
    assert commands_with(str(root)) == []


@pytest.mark.parametrize("arguments", [("a/hangs",), ()])
def test_ctrl_c_during_a_check_leaves_no_process(root: Path, begin, arguments: tuple[str, ...]) -> None:
    hangs = find(root, "a/hangs")
    hangs.begin()
    waiting = begin(*arguments)
    wait_for(lambda: commands_with(f" {hangs.copy}"))  # the check is under way, and its program too
    assert waiting.interrupt() == 130
    assert commands_with(str(root)) == []


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
@pytest.mark.parametrize(("words", "command"), [(["exercise"], ""), (["exercise", "a/sums"], "'a/sums'")])
def test_make_exercise_hands_on_the_name(words: list[str], command: str) -> None:
    shown = subprocess.run(["make", "--dry-run", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert f"-m live.exercising {command}".rstrip() in [
        line.partition("python ")[2].rstrip() for line in shown.splitlines()
    ]
