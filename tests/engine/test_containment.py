"""What a program that means harm is kept from, and what it is not: SECURITY.md says the same in words."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import pytest

from live.recording import Recording
from live.running.confine import OLDEST, version
from tests.conftest import ROOT
from tests.project import Project, block, run

FENCED = pytest.mark.skipif(version() < OLDEST, reason="this system has no Landlock, so it cannot fence programs in")
TOKENS = ("GITHUB_TOKEN", "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "AWS_SECRET_ACCESS_KEY")
UNFENCED = """
import sys; sys.path.insert(0, sys.argv[1])
import live.running.become as become
become.confine = lambda *_: False
import live.running.supervisor; live.running.supervisor.main()
"""
BUILDER = """
import sys
import live.cli, live.running.run as run
if sys.argv[1] == "unfenced":
    run.SUPERVISOR = ("-S", "-s", "-P", "-c", sys.argv[2])
sys.exit(live.cli.main(["run", "snippets/chapter/program.py"]))
"""
SNOOP = """
import pathlib

for file in pathlib.Path("/proc").glob("[0-9]*/environ"):
    try:
        found = b"{secret}" in file.read_bytes()
    except OSError:
        continue
    if found:
        print("found")
print("looked")
"""


@pytest.fixture
def unfenced(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a system that cannot fence programs in."""
    monkeypatch.setattr("live.running.run.SUPERVISOR", ("-S", "-s", "-P", "-c", UNFENCED))


@pytest.fixture
def outside(project: Project) -> Path:
    """A file of the project that a program has no business with."""
    return project.page("zh/page.md", "# As it was\n")


def snooped(project: Project, fence: str) -> list[str]:
    """What a program finds that looks for a secret of the builder's environment in all processes of the system."""
    secret = f"hush-{uuid4()}"
    project.snippet("chapter/program", SNOOP.format(secret=secret))
    done = subprocess.run(
        [sys.executable, "-c", BUILDER, fence, UNFENCED],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **dict.fromkeys(TOKENS, secret)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def attempt(project: Project, action: str, outside: Path) -> Recording:
    imports = "import os, pathlib, shutil, subprocess, sys"
    return run(project, f"{imports}\noutside = pathlib.Path({str(outside)!r})\n{action}\nprint('done')")


def test_prevented_reading_a_secret_from_its_environment(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*TOKENS, "PYTHONPATH", "SSH_AUTH_SOCK", "MY_PASSWORD"):
        monkeypatch.setenv(name, "hush")
    recorded = run(project, "import os, sys; print(dict(os.environ), sys.path)")
    assert "PATH" in recorded.text
    assert "hush" not in recorded.text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows processes below /proc")
@pytest.mark.usefixtures("unfenced")
def test_the_process_above_it_has_no_secret_either(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in TOKENS:
        monkeypatch.setenv(name, "hush")
    supervisor = run(project, "import os; print(open(f'/proc/{os.getppid()}/environ').read())")
    assert "PATH" in supervisor.text
    assert "hush" not in supervisor.text


@FENCED
def test_prevented_reading_a_secret_from_the_environment_of_another_process(project: Project) -> None:
    assert snooped(project, "fenced") == ["looked"]


@FENCED
def test_prevented_reading_the_memory_of_another_process(project: Project) -> None:
    recorded = run(project, "import os; open(f'/proc/{os.getppid()}/mem', 'rb')")
    assert recorded.lines[-1].startswith("PermissionError")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows processes below /proc")
def test_not_prevented_without_a_fence_reading_a_secret_from_the_builders_environment(project: Project) -> None:
    lines = snooped(project, "unfenced")
    assert lines[-1] == "looked"
    assert "found" in lines, "if this fails, SECURITY.md says too little in our favour"


CHANGES = [
    "outside.write_text('x')",
    "outside.open('a').write('x')",
    "os.remove(outside)",
    "os.rename(outside, 'here')",
    "shutil.move(outside, 'here')",
    "os.rename(outside, outside.with_name('renamed.md'))",
    "os.symlink(outside, 'here'); open('here', 'w')",
    "os.link(outside, 'here'); open('here', 'w')",
    "outside.with_name('new').mkdir()",
    "outside.with_name('new').touch()",
    "os.symlink('/', outside.with_name('new'))",
    "os.mkfifo(outside.with_name('new'))",
    "subprocess.run(['sh', '-c', f'echo x > {outside}'], check=True)",
    "subprocess.run([sys.executable, '-c', f'open({str(outside)!r}, \"w\")'], check=True, start_new_session=True)",
    "open(__file__, 'a').write('x')",
    pytest.param(
        "os.truncate(outside, 0)",
        marks=pytest.mark.skipif(version() < 3, reason="this system's Landlock does not know of truncating"),
    ),
]


@FENCED
@pytest.mark.parametrize("action", CHANGES)
def test_prevented_changing_what_is_outside_its_scratch_directory(project: Project, outside: Path, action: str) -> None:
    recorded = attempt(project, action, outside)
    assert recorded.exit_code == 1
    assert "done" not in recorded.lines
    assert any(word in recorded.text for word in ("Permission", "CalledProcessError", "Invalid cross-device")), recorded
    assert outside.read_text() == "# As it was\n"
    assert sorted(path.name for path in outside.parent.iterdir()) == ["index.md", "page.md"]


@pytest.mark.usefixtures("unfenced")
@pytest.mark.parametrize("action", CHANGES)
def test_not_prevented_without_a_fence_changing_what_is_outside(project: Project, outside: Path, action: str) -> None:
    if "os.link" in action and outside.stat().st_dev != Path(gettempdir()).stat().st_dev:
        pytest.skip("the scratch directory is on another file system, to which nothing can be linked")
    assert attempt(project, action, outside).lines == ["done"]


@FENCED
def test_reported_a_program_that_tries_to_change_a_page(project: Project, outside: Path) -> None:
    path = project.snippet("a/b", f"open({str(outside)!r}, 'w')")
    project.twins("shown.md", "# P\n\n" + block(path))
    built = project.build()
    assert built.returncode == 1
    assert f"{path}\n" in built.output
    assert "docs/zh/shown.md:3" in built.output
    assert "PermissionError: [Errno 13] Permission denied" in built.output
    assert outside.read_text() == "# As it was\n"


@FENCED
@pytest.mark.parametrize(
    "action",
    [
        "pathlib.Path('made').mkdir(); os.rename('made', '../made')",
        "import tempfile; tempfile.mkstemp(); tempfile.mkdtemp()",
        "pathlib.Path.home().joinpath('made').write_text('x')",
        "import multiprocessing; multiprocessing.Lock(); multiprocessing.Queue()",
        "import pty; pty.openpty()",
        "open('/dev/null', 'w').write('x')",
        "from multiprocessing.shared_memory import SharedMemory as M; m = M(None, True, 9); m.close(); m.unlink()",
    ],
)
def test_what_programs_do_within_their_rights_still_works(project: Project, outside: Path, action: str) -> None:
    assert attempt(project, action, outside).lines == ["done"]


@FENCED
def test_prevented_becoming_somebody_else_by_sudo(project: Project) -> None:
    recorded = run(project, "print(*open('/proc/self/status'))")
    assert "NoNewPrivs:\t1" in recorded.text


def test_not_prevented_reading_a_file_whose_path_it_knows(project: Project) -> None:
    token = project.page("../.git/config", "[http]\n\textraheader = AUTHORIZATION: basic hush\n")
    assert "hush" in run(project, f"print(open({str(token)!r}).read())").text


def test_its_home_is_not_the_builders(project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".git-credentials").write_text("https://me:hush@example.org\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    recorded = run(project, "import pathlib; print(pathlib.Path('~/.git-credentials').expanduser().exists())")
    assert recorded.lines == ["False"]


def test_not_prevented_changing_the_mode_of_a_file(project: Project, outside: Path) -> None:
    assert attempt(project, "os.chmod(outside, 0o604)", outside).lines == ["done"]
    assert stat.S_IMODE(outside.stat().st_mode) == 0o604


def test_not_prevented_talking_to_other_processes_over_the_network(project: Project) -> None:
    heard = []

    def listen() -> None:
        connection, _ = server.accept()
        with connection:
            heard.append(connection.recv(100))

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        run(project, f"import socket; socket.create_connection({server.getsockname()!r}).sendall(b'news')")
        thread.join()
    assert heard == [b"news"]
