"""Programs that would break a builder, each on a page of its own: it ends as told, and the pages go on."""

from __future__ import annotations

import re

import pytest

from tests.conftest import NEEDS_GEVENT
from tests.project import Built, Project, block, commands_with, outputs

LONG = "98765"
"""Seconds to sleep; together with the project's path it tells a test's processes from all others."""

# Name → source, options of the fence, what the page has to show, part of the failure (empty where there is none).
NASTY = {
    "exception": ("print('before')\n1 / 0", "", "before\nTraceback", "exit code 1"),
    "expected_exception": ("1 / 0", 'returncode="1"', "ZeroDivisionError: division by zero", ""),
    "exit_3": ("import sys; print('three'); sys.exit(3)", "", "three", "exit code 3"),
    "exit_0": ("import sys; print('zero'); sys.exit(0)", "", "zero", ""),
    "os_exit_0": ("import os; print('gone'); os._exit(0)", "", "gone", ""),
    "endless_loop": ("print('loop')\nwhile True: pass", "", "loop", "still running after 5 s"),
    "deadlock": (
        """
        import threading
        a, b, both = threading.Lock(), threading.Lock(), threading.Barrier(2)
        def take(x, y):
            with x:
                both.wait()
                with y: pass
        threading.Thread(target=take, args=(a, b)).start()
        print("deadlock")
        take(b, a)
        """,
        "",
        "deadlock",
        "program.py:10 in take",
    ),
    "odd_name": (
        r"""
        import threading
        thread = threading.Thread(target=print, args=("named",), name="\ud83d\ude00</pre>\0\n")
        thread.start()
        thread.join()
        """,
        "",
        "named",
        "",
    ),
    "orphan": (
        f"import subprocess; subprocess.Popen(['sleep', '{LONG}'], start_new_session=True); print('parent')",
        "",
        "parent",
        "",
    ),
    "200_mb": ("for _ in range(200): print('x' * 999_999)", "", "x" * 1000, ""),
    "not_utf8": (r"import sys; sys.stdout.buffer.write(b'\xff\xfe')", "", r"\xff\xfe", ""),
    "script": ("print('</script><img src=x onerror=alert(1)>')", "", "</script><img src=x onerror=alert(1)>", ""),
    "logging": (
        "import logging; logging.basicConfig(level=logging.DEBUG); logging.debug('logged')",
        "",
        "DEBUG:root:logged",
        "",
    ),
    "gevent": (
        "from gevent import monkey; monkey.patch_all(); import socket; print(socket.socket.__module__)",
        "",
        "gevent._socket3",
        "",
    ),
    **{
        method: (
            f"""
            import multiprocessing, os
            def work(): os.write(1, b"{method} child\\n")
            class Worker(multiprocessing.get_context("{method}").Process):
                def run(self): work()
            if __name__ == "__main__":
                child = Worker(); child.start(); child.join()
                child = multiprocessing.get_context("{method}").Process(target=work); child.start(); child.join()
            """,
            "",
            f"{method} child\n{method} child",
            "",
        )
        for method in ("fork", "spawn", "forkserver")
    },
    "stdin": ("input('name? ')", "", "EOFError", "exit code 1"),
    "writes": ("open('made_here.txt', 'w').write('x'); print('written')", "", "written", ""),
    "own_group": ("import os, signal; print('group'); os.killpg(0, signal.SIGKILL)", "", "group", "killed by SIGKILL"),
}
HANGS = {"endless_loop", "deadlock"}
MARKS = {"gevent": NEEDS_GEVENT}
HERE = {name: program for name, program in NASTY.items() if name not in MARKS or not MARKS[name].args[0]}


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Built]:
    """One project with all of them, each on a page of its own between two harmless ones."""
    project = Project.create(tmp_path_factory.mktemp("nasty") / "project")
    good = project.snippet("good/program", "print('fine')")
    for name, (source, options, _, _) in HERE.items():
        path = project.snippet(f"{name}/program", source, timeout=5 if name in HANGS else 120)
        project.twins(f"{name}.md", f"# {name}\n\n{block(good)}\ntext\n\n{block(path, options)}\n{block(good)}")
    return project, project.build()


@pytest.mark.parametrize("name", [pytest.param(name, marks=MARKS.get(name, ())) for name in NASTY])
def test_a_nasty_program_ends_as_told(nasty: tuple[Project, Built], name: str) -> None:
    project, built = nasty
    _, _, shown, failure = NASTY[name]
    pages = [built.html(f"{language}{name}") for language in ("", "en/")]
    for page in pages:
        before, output, after = outputs(page)
        assert shown in output
        assert before == after == "fine", "the page goes on after it"
        assert "<img src=x" not in page
        assert ("live-failure" in page) == bool(failure)
    assert outputs(pages[0]) == outputs(pages[1])
    assert built.output.count(f"snippets/{name}/program.py\n") == (1 if failure else 0), "named once"
    complaint = re.search(rf"^snippets/{name}/program\.py\n(?:  .*\n)*", built.output, re.MULTILINE)
    assert failure in (complaint[0] if complaint else "")
    assert not list(project.root.rglob("made_here.txt"))


def test_nothing_is_left_of_them(nasty: tuple[Project, Built]) -> None:
    project, built = nasty
    assert built.returncode == 1
    assert commands_with(str(project.root)) == []
    assert commands_with(f"sleep {LONG}") == []
    assert f"snippets/orphan/program.py left 1 process running, now killed: sleep {LONG}" in built.output


def test_all_failures_are_in_one_list_with_the_places_that_show_them(nasty: tuple[Project, Built]) -> None:
    _, built = nasty
    failing = sum(bool(failure) for _, _, _, failure in HERE.values())
    assert f"{failing} snippets did not do what the pages say." in built.output
    assert "shown in  docs/en/exit_3.md:9\n            docs/zh/exit_3.md:9\n" in built.output
