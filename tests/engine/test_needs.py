"""Snippets that need something: they run where it is there, and are shown from the repository where it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from live.engine import Engine
from live.errors import LiveError, SnippetError
from live.keeping.committed import commit, committed, file_of, is_committed
from live.keeping.key import key_of
from live.keeping.store import Store
from live.recording import Interpreter, Recording
from live.running import permissions, pythons
from live.running.means import means
from live.running.permissions import permits
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Project, block, outputs

NEEDY = '# /// script\n# [tool.live]\n# needs = ["no-such-command"]\n# ///\nprint("it was there")\n'
ELSEWHERE = 'class="live-elsewhere"'


def load(project: Project, head: str, body: str = "print('ran')") -> Snippet:
    commented = "".join(f"# {line}\n" if line else "#\n" for line in ("/// script", *head.splitlines(), "///"))
    return Snippet.load(project.root, project.snippet("chapter/program", f"{commented}\n{body}\n"))


def recorded_elsewhere(project: Project, source: str = NEEDY) -> Snippet:
    """A snippet that cannot run here, with a recording in the repository that was made where it could."""
    snippet = Snippet.load(project.root, project.snippet("chapter/needy", source))
    runner = Runner()
    able = Snippet.load(project.root, project.snippet("chapter/able", 'print("it was there")'))
    ran = runner.run(able)
    runner.stop()
    commit(snippet, Recording.from_json({**ran.to_json(), "snippet": snippet.path, "started": "2026-01-02T03:04:05"}))
    return snippet


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        ('dependencies = ["pytest", "no-such-distribution"]', ("no-such-distribution",)),
        ('dependencies = ["pytest<1"]', ("pytest<1",)),
        ('requires-python = ">=3.99"', ("Python >=3.99",)),
        ('requires-python = ">=3.99"\n\n[tool.live]\nfree-threaded = true', ("free-threaded Python >=3.99",)),
        ('[tool.live]\nneeds = ["sh", "no-such-command"]', ("no-such-command",)),
        ('[tool.live]\nlaunch = ["no-launcher", "-n", "4"]', ("no-launcher",)),
        ('requires-python = ">=3.11"\ndependencies = ["pytest"]\n\n[tool.live]\nneeds = ["sh"]', ()),
    ],
)
def test_what_is_not_here_is_named(project: Project, head: str, missing: tuple[str, ...]) -> None:
    assert means(load(project, head)).missing == missing


@pytest.mark.parametrize(("permitted", "missing"), [(True, ()), (False, ("ptrace",))])
def test_a_permission_that_the_system_refuses_is_missing(
    project: Project, monkeypatch: pytest.MonkeyPatch, permitted: bool, missing: tuple[str, ...]
) -> None:
    monkeypatch.setattr("live.running.permissions._may_trace", lambda: permitted)
    needy = load(project, '[tool.live]\nneeds = ["sh", "ptrace"]')
    assert (needy.options.commands, needy.options.permissions) == (("sh",), ("ptrace",))
    assert means(needy).missing == missing
    assert load(project, '[tool.live]\nneeds = ["ptrace"]').options.needing


@pytest.mark.skipif(not permits("ptrace"), reason="the system refuses it to this very process")
@pytest.mark.parametrize("dumpable", [True, False])
def test_whether_processes_may_be_traced_is_tried(monkeypatch: pytest.MonkeyPatch, dumpable: bool) -> None:
    # A process that says that nobody but root may dump it may be traced by nobody but root either.
    ordinary = "child = os.fork()\nif os.getuid() == 0:\n    os.setgid(65534)\n    os.setuid(65534)\n"
    trace = permissions.TRACE.replace("child = os.fork()\n", ordinary)
    trace = trace.replace("    os.write(tell,", f"    libc.prctl(4, {dumpable:d}, 0, 0, 0)\n    os.write(tell,")
    monkeypatch.setattr(permissions, "TRACE", trace)
    assert permissions._may_trace.__wrapped__() == dumpable


@pytest.mark.parametrize(("folder", "missing"), [("plain", ()), ("with a space", ("compiler",))])
def test_a_script_that_a_space_in_its_path_would_break_is_as_good_as_missing(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, missing: tuple[str, ...]
) -> None:
    script = tmp_path / folder / "compiler"
    script.parent.mkdir()
    script.write_text("#! /bin/bash\n")
    script.chmod(0o755)
    monkeypatch.setattr("live.running.means.BESIDE", str(script.parent))
    assert means(load(project, '[tool.live]\nneeds = ["compiler"]')).missing == missing


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        ('requires-python = "three"', "requires-python is a version specifier such as \">=3.13\", not 'three'"),
        ('dependencies = "redis"', "dependencies is a list of requirements such as [\"redis\"], not 'redis'"),
        ('dependencies = ["a b"]', "dependencies is a list of requirements such as [\"redis\"], not ['a b']"),
        ('[tool.live]\nfree-threaded = "yes"', "[tool.live] free-threaded is true or false, not 'yes'"),
        ("[tool.live]\nneeds = [1]", 'needs is a list of commands such as ["redis-server"], not [1]'),
        ('[tool.live]\nreads = ["../x.c"]', "reads is a list of files below the snippet's folder"),
        ('[tool.live]\nreads = ["gone.c"]', "[tool.live] reads gone.c, but there is no such file beside it"),
        (
            '[tool.live]\nneed = ["sh"]',
            "there are 'timeout', 'measure', 'free-threaded', 'needs', 'launch' and 'reads'",
        ),
    ],
)
def test_a_need_that_makes_no_sense_is_explained(project: Project, head: str, complaint: str) -> None:
    with pytest.raises(SnippetError) as error:
        load(project, head)
    assert str(error.value).startswith("snippets/chapter/program.py: ")
    assert complaint in str(error.value)


def test_a_launcher_starts_the_program_and_the_recording_says_so(project: Project) -> None:
    head = '[tool.live]\nlaunch = ["env", "LAUNCHED=yes"]'
    runner = Runner()
    ran = runner.run(load(project, head, "import os; print(os.environ['LAUNCHED'])"))
    runner.stop()
    assert (ran.text, ran.launch) == ("yes\n", ("env", "LAUNCHED=yes"))


def test_programs_find_the_commands_of_installed_distributions(project: Project) -> None:
    runner = Runner()
    ran = runner.run(load(project, "", "import shutil; print(shutil.which('ruff'))"))
    runner.stop()
    assert ran.text.strip() == str(Path(sys.executable).with_name("ruff"))


def test_a_file_that_is_read_and_the_command_that_is_needed_are_part_of_the_key(
    project: Project, tmp_path: Path
) -> None:
    read = project.root / "snippets/chapter/data.txt"
    read.parent.mkdir(parents=True, exist_ok=True)
    keys = set()
    for content in ("one", "two"):
        read.write_text(content)
        keys.add(key_of(load(project, '[tool.live]\nreads = ["data.txt"]'), Runner()))
    keys.add(key_of(load(project, '[tool.live]\nneeds = ["sh"]'), Runner()))
    keys.add(key_of(load(project, '[tool.live]\nneeds = ["ls"]'), Runner()))
    assert len(keys) == 4


def fake_python(folder: Path, name: str, version: str, *, free_threaded: bool = False) -> Path:
    """A program that answers as an interpreter of that version; a script, so the test below lets scripts pass."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    answer = json.dumps([f"{version} (fake)", "/nowhere", ["CPython", version, free_threaded]])
    file.write_text(f"#!/bin/sh\necho '{answer}'\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of one empty folder, where scripts pass for interpreters."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(pythons, "_is_program", lambda file: os.access(file, os.X_OK))
    for cached in (pythons.python_for, pythons._ask):
        cached.cache_clear()
    yield tmp_path / "bin"
    for cached in (pythons.python_for, pythons._ask):
        cached.cache_clear()


def test_the_oldest_other_interpreter_that_will_do_is_taken(only: Path) -> None:
    fake_python(only, "python3.18", "3.18.0")
    fitting = fake_python(only, "python3.17", "3.17.1")
    fake_python(only, "python3.16", "3.16.0")
    found = pythons.python_for(">=3.17")
    assert found and (found.executable, found.interpreter) == (str(fitting), Interpreter("CPython", "3.17.1", False))


def test_this_interpreter_is_taken_where_it_will_do(only: Path) -> None:
    fake_python(only, "python3.17", "3.17.1")
    assert pythons.python_for(">=3.11") == pythons.python_for("") == pythons.Python.current()


def test_a_free_threaded_or_a_broken_interpreter_is_passed_over(only: Path) -> None:
    fake_python(only, "python3.17", "3.17.1", free_threaded=True)
    (only / "python3.18").write_text("#!/bin/sh\nexit 127\n")
    (only / "python3.18").chmod(0o755)
    assert pythons.python_for(">=3.16") is None


@pytest.mark.parametrize("name", ["python3.17t", "python3.17"])
def test_a_program_for_a_free_threaded_build_gets_one_by_either_name(only: Path, name: str) -> None:
    fake_python(only, "python3.16", "3.16.0")
    fake_python(only, "python3.18", "3.18.0")
    fitting = fake_python(only, name, "3.17.1", free_threaded=True)
    found = pythons.python_for(">=3.16", free_threaded=True)
    assert found and (found.executable, found.interpreter) == (str(fitting), Interpreter("CPython", "3.17.1", True))


def test_an_ordinary_build_is_none_that_a_program_for_a_free_threaded_one_gets(only: Path, project: Project) -> None:
    fake_python(only, "python3.17", "3.17.1")
    assert pythons.python_for(">=3.17", free_threaded=True) is None
    snippet = load(project, "[tool.live]\nfree-threaded = true")
    here = Interpreter.current().free_threaded
    assert means(snippet).missing == (() if here else ("free-threaded Python",))
    assert snippet.options.needing


def test_a_version_managers_script_is_no_interpreter(tmp_path: Path) -> None:
    assert not pythons._is_program(fake_python(tmp_path / "bin", "python3.17", "3.17.1"))
    assert pythons._is_program(Path(sys.executable))


def test_a_program_that_cannot_run_here_is_shown_from_the_repository(project: Project) -> None:
    snippet = recorded_elsewhere(project)
    engine = Engine(project.root, Store(project.root / "store"), Runner())
    (shown,) = engine.record({snippet.path: {0}}).values()
    assert isinstance(shown, Recording)
    assert shown.text == "it was there\n"
    assert engine.missing == {snippet.path: ("no-such-command",)}


def test_a_page_says_that_a_program_ran_elsewhere_where_and_when(project: Project) -> None:
    snippet = recorded_elsewhere(project)
    able = project.snippet("chapter/able", 'print("here")')
    project.twins("x.md", f"# X\n\n{block(snippet.path)}\n{block(able)}")
    built = project.build("--strict")
    assert built.returncode == 0, built.output
    for url, words, date in (
        ("x", "这台机器缺少：no-such-command", "2026年1月2日"),
        ("en/x", "the machine lacks: no-such-command", "2 January 2026"),
    ):
        page = built.html(url)
        assert outputs(page) == ["it was there", "here"]
        assert page.count(ELSEWHERE) == 1
        before_output = page[page.index(ELSEWHERE) : page.index('class="live-output"')]
        assert words in before_output
        assert date in before_output


@pytest.mark.parametrize("state", ["absent", "damaged", "of another source"])
def test_a_build_fails_clearly_where_there_is_nothing_to_show(project: Project, state: str) -> None:
    snippet = recorded_elsewhere(project)
    if state == "absent":
        file_of(snippet).unlink()
    elif state == "damaged":
        file_of(snippet).write_text("{")
    else:
        project.snippet("chapter/needy", NEEDY + "\n")
    project.twins("x.md", f"# X\n\n{block(snippet.path)}")
    built = project.build("-q")
    assert built.returncode != 0
    assert "needs no-such-command, which is not here" in built.output
    assert "make record" in built.output


def test_recording_writes_beside_the_program_and_only_what_is_out_of_date(project: Project) -> None:
    path = project.snippet("chapter/needs_sh", '# /// script\n# [tool.live]\n# needs = ["sh"]\n# ///\nprint("ran")')
    project.snippet("chapter/plain", "print()")
    command = [sys.executable, "-m", "live", "record"]
    first, second = (subprocess.run(command, cwd=project.root, capture_output=True, text=True) for _ in range(2))
    assert (first.returncode, first.stdout) == (0, "snippets/chapter/needs_sh.recording.json\n"), first.stderr
    assert (second.returncode, second.stdout) == (0, "")
    assert committed(Snippet.load(project.root, path)).text == "ran\n"


def test_recording_refuses_what_cannot_run_or_fails(project: Project) -> None:
    needy = Snippet.load(project.root, project.snippet("chapter/needy", NEEDY))
    failing = Snippet.load(
        project.root,
        project.snippet("chapter/failing", '# /// script\n# [tool.live]\n# needs = ["sh"]\n# ///\nraise SystemExit(3)'),
    )
    done = subprocess.run([sys.executable, "-m", "live", "record"], cwd=project.root, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"{needy}: not recorded, because it needs no-such-command" in done.stderr
    assert f"{failing}: not recorded, because it ended otherwise than the pages say: exit code 3" in done.stderr
    assert not is_committed(needy) and not is_committed(failing)


def test_running_one_that_cannot_run_says_what_it_needs(project: Project) -> None:
    path = project.snippet("chapter/needy", NEEDY)
    done = subprocess.run([sys.executable, "-m", "live", "run", path], cwd=project.root, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, f"{path}: needs no-such-command, which is not here\n")


def test_a_recording_that_is_not_there_is_an_error_of_that_snippet_alone(project: Project) -> None:
    needy, fine = project.snippet("chapter/needy", NEEDY), project.snippet("chapter/fine", "print('fine')")
    results = Engine(project.root, Store(project.root / "store"), Runner()).record({needy: {0}, fine: {0}})
    assert isinstance(results[needy], LiveError)
    assert isinstance(results[fine], Recording)
