"""What is usually there is not: no network, no /proc, no ps, no UTF-8, no home; and the user is another one.

| row | guard, in live/ |
|---|---|
| no network | there is none to take out; any request that a plugin makes while it builds makes the row fail |
| no /proc: what a program leaves is killed and counted | `processes.children`, which asks pid by pid |
| no /proc: it is not said what it was started as | `processes.command_line`, which gives its number |
| no /proc, no orphans adopted: nothing is invented | `table.pop` in `processes._ps_table` |
| no ps either | `except OSError` in `processes._ps_table` |
| no UTF-8 | `encoding="utf-8"` in `Snippet.load`; `errors` of standard output in `cli.main` |
| no home, and nobody knows the user | `except RuntimeError` in `pythons._pyenv` |
| no home, none to write to, no TMPDIR | `Scratch.environment`, which gives programs one of their own |
| root and somebody else | nothing is written but to the project and to TMPDIR |
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, like_the_real_one
from tests.faults.lacking import complaint, needed, start
from tests.project import Project, block, commands_with, outputs, run

DAEMON = "import os\nos.system('(setsid env -i sleep {} < /dev/null > /dev/null 2>&1 &)')\nprint('on')\n"
REFUSING = """
import errno, sys

def refuse(event, _):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

sys.addaudithook(refuse)
"""


def test_the_real_configuration_builds_without_network(tmp_path: Path) -> None:
    project = like_the_real_one(tmp_path / "project")
    path = project.snippet(
        "a/asks",
        """
        import socket
        try:
            socket.create_connection(("192.0.2.1", 80), timeout=10)
        except OSError as error:
            print(error.strerror)
        """,
    )
    project.page("zh/locks.md", f"---\ndescription: 锁是什么，怎么用它。\n---\n\n# 锁\n\n{block(path)}")
    if reason := complaint("without_network"):
        print(f"A network that refuses stands for none, since there is no namespace for it: {reason}")
        (project.root / "sitecustomize.py").write_text(REFUSING)
        more = {"PYTHONPATH": f"{project.root}{os.pathsep}{ROOT}"}
        done = python(project, without(**more), "mkdocs", "build", "--strict")
        errors = done.stderr.decode()
    else:
        done = start("without_network", "-m", "mkdocs", "build", "--strict", cwd=project.root)
        errors = done.stderr
        assert outputs((project.root / "site/locks/index.html").read_text("utf-8")) == ["Network is unreachable"]
    assert done.returncode == 0, errors


def test_without_proc_what_a_program_leaves_is_killed_and_counted(project: Project, unique: str) -> None:
    needed("without_proc")
    path = project.snippet("a/leaves", DAEMON.format(unique))
    done = start("without_proc", "-m", "live", "run", path, cwd=project.root)
    assert (done.stdout, done.returncode) == ("on\n", 0), done.stderr
    assert re.search(r"a/leaves\.py left processes running, now killed: process \d+\n", done.stderr)
    assert commands_with(unique) == []


def test_without_proc_a_program_that_hangs_still_says_where(project: Project, unique: str) -> None:
    needed("without_proc")
    source = (
        f"import subprocess\nsubprocess.Popen(['sleep', '{unique}'], start_new_session=True)\nwhile True:\n    pass\n"
    )
    path = project.snippet("a/hangs", source, timeout=5)
    done = start("without_proc", "-m", "live", "run", path, cwd=project.root)
    assert done.returncode == 124, done.stderr
    assert re.search(r'File "snippets/a/hangs\.py", line [78] in <module>', done.stderr)
    assert commands_with(unique) == []


def test_without_proc_the_site_is_built(project: Project, unique: str) -> None:
    needed("without_proc")
    path = project.snippet("a/leaves", DAEMON.format(unique))
    project.twins("page.md", f"# P\n\n{block(path)}")
    done = start("without_proc", "-m", "mkdocs", "build", cwd=project.root)
    assert done.returncode == 0, done.stderr
    assert "left 1 process running, now killed: process " in done.stderr
    assert outputs((project.root / "site/en/page/index.html").read_text("utf-8")) == ["on"]
    assert commands_with(unique) == []


BARE = """
import sys; sys.path.insert(0, sys.argv[1])
import live.running.processes as processes
processes._prctl, processes._has_proc = lambda *_: False, lambda: False
import live.running.supervisor; live.running.supervisor.main()
"""


@pytest.mark.parametrize("ps", ["with ps", "without ps"])
def test_on_a_bare_platform_a_program_that_leaves_nothing_is_not_said_to(
    project: Project, ps: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("live.running.run.SUPERVISOR", ("-S", "-s", "-P", "-c", BARE))
    if ps == "without ps":
        monkeypatch.setenv("PATH", str(tmp_path))
    recorded = run(project, "print('clean')\n")
    assert (recorded.lines, recorded.leftovers, recorded.exit_code) == (["clean"], (), 0)


CHINESE = "snippets/并发/现场.py"
LOCALES = {
    "C": {"LC_ALL": "C"},
    "ASCII and nothing else": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


def without(*names: str, **more: str) -> dict[str, str]:
    """The environment of this process without some variables, and with others."""
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **more}


def python(project: Project, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", *arguments], cwd=project.root, env=environment, capture_output=True)


@pytest.mark.parametrize("locale", LOCALES)
def test_in_a_locale_without_chinese_all_is_as_ever(project: Project, locale: str) -> None:
    name = "a/b" if "ASCII" in locale else CHINESE.removeprefix("snippets/").removesuffix(".py")
    path = project.snippet(name, "import locale\nprint('并发现场', locale.getpreferredencoding())\n")
    project.twins("page.md", f"# 并发\n\n{block(path)}")
    environment = without("LANG", "LANGUAGE", "LC_CTYPE", "PYTHONIOENCODING", **LOCALES[locale])
    done = python(project, environment, "live", "run", path)
    assert done.stdout.decode().split() == ["并发现场", "utf-8"] and done.returncode == 0, done.stderr
    done = python(project, environment, "live", "list")
    assert done.returncode == 0 and b"kept" in done.stdout, done.stderr
    done = python(project, environment, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    for page in ("site/page", "site/en/page"):
        assert outputs((project.root / page / "index.html").read_text("utf-8")) == ["并发现场 utf-8"]


def test_a_list_with_chinese_names_can_be_printed_where_there_is_only_ascii(project: Project) -> None:
    path = project.snippet("a/b", "pass\n")
    project.page("zh/并发.md", f"# P\n\n{block(path)}")
    environment = without("LANG", "LANGUAGE", "LC_CTYPE", "PYTHONIOENCODING", PYTHONIOENCODING="ascii")
    done = python(project, environment, "live", "list")
    assert done.returncode == 0, done.stderr
    assert b"docs/zh/\\u5e76\\u53d1.md:3" in done.stdout


@pytest.mark.parametrize("home", ["none", "a file"])
def test_without_a_home_and_a_folder_for_temporary_files_all_is_as_ever(
    project: Project, tmp_path: Path, home: str
) -> None:
    path = project.snippet("a/b", "import pathlib\npathlib.Path.home().joinpath('x').touch()\nprint('home')\n")
    project.twins("page.md", f"# P\n\n{block(path)}")
    environment = without("HOME", "TMPDIR", "TEMP", "TMP")
    if home == "a file":  # not even root can put something below it
        (tmp_path / "home").touch()
        environment |= {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "nothing")}
    if home == "none":
        assert python(project, environment, "live", "run", path).stdout == b"home\n"
        return
    done = python(project, environment, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert outputs((project.root / "site/page/index.html").read_text("utf-8")) == ["home"]


UNKNOWN = """
import pwd, sys
def nobody(_): raise KeyError
pwd.getpwuid = nobody
import live.cli
sys.exit(live.cli.main())
"""


def test_without_a_home_of_a_known_user_another_python_is_looked_for_all_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.snippet("a/b", '# /// script\n# requires-python = ">=3.99"\n# ///\n')
    command = [sys.executable, "-c", UNKNOWN, "run", path]
    done = subprocess.run(command, cwd=project.root, env=without("HOME", "PYENV_ROOT"), capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == f"{path}: needs Python >=3.99, which is not here\n"


@pytest.mark.parametrize("user", ["root", "nobody"])
def test_it_does_not_matter_who_builds(project: Project, tmp_path: Path, user: str, open_to_programs: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("not run as root, so that it cannot be compared with what another user gets")
    if user == "nobody":
        needed("as_nobody")
    # Folders of pytest are closed to all other users.
    project = Project.create(open_to_programs / "project")
    source = "import multiprocessing, os\nmultiprocessing.Lock()\nprint(os.getuid())\n"
    path = project.snippet("a/b", source)
    project.twins("page.md", f"# P\n\n{block(path)}")
    temporary = open_to_programs / "tmp"
    temporary.mkdir()
    uid = 65534 if user == "nobody" else 0
    for place in (open_to_programs, *open_to_programs.rglob("*")):
        os.chown(place, uid, uid)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    more = {"TMPDIR": str(temporary), "HOME": str(temporary)}
    if user == "nobody":
        done = start("as_nobody", *command[1:], cwd=project.root, more=more)
    else:
        done = subprocess.run(command, cwd=project.root, env=without(**more), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert outputs((project.root / "site/page/index.html").read_text("utf-8")) == [str(uid)]
    assert {file.stat().st_uid for file in project.root.rglob("*")} == {uid}
    assert list(temporary.iterdir()) == []
