"""What a run depends on, and so its key: the sources, what they import, what is installed, interpreter and options."""

from __future__ import annotations

import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from live.keeping.dependencies import dependencies
from live.keeping.key import key_of
from live.recording import Interpreter
from live.running.pythons import Python
from live.running.run import Runner
from live.snippet import Snippet
from tests.conftest import NEEDS_GEVENT
from tests.project import Project


def test_a_key_depends_on_the_source_and_all_project_modules_it_imports(project: Project) -> None:
    path = project.snippet("a/main", "import helper\n")
    project.snippet("a/helper", "def f():\n    from snippets.common import deep\n")
    project.snippet("common/deep", "x = 1\n")
    project.snippet("a/stranger", "x = 1\n")

    def key() -> str:
        return key_of(Snippet.load(project.root, path), Runner())

    assert sorted(dependencies(Snippet.load(project.root, path)).files) == [
        "snippets/a/helper.py",
        "snippets/a/main.py",
        "snippets/common/deep.py",
    ]
    first = key()
    project.snippet("a/stranger", "x = 2\n")
    assert key() == first
    project.snippet("common/deep", "x = 2\n")
    second = key()
    assert second != first
    project.snippet("a/main", "import helper  # edited\n")
    assert key() not in (first, second)


def test_modules_that_import_each_other_are_followed_once(project: Project) -> None:
    path = project.snippet("a/one", "import two\n")
    project.snippet("a/two", "import one\n")
    assert len(dependencies(Snippet.load(project.root, path)).files) == 2


def test_threads_may_follow_imports_at_once(project: Project) -> None:
    """On CPython 3.11 before 3.11.8 one of them fails, if another one parses while it collects garbage."""
    source = "\n".join(f"def f{number}(a, b=(1, [2])):\n    return [a + {number} for a in b]" for number in range(40))
    snippets = [
        Snippet.load(project.root, project.snippet(f"a/s{number}", f"import helper\n{source}\n")) for number in range(4)
    ]
    project.snippet("a/helper", "")

    def make_way(_phase: str, _info: dict[str, int]) -> None:
        os.sched_yield()

    usual = gc.get_threshold()
    gc.callbacks.append(make_way)
    gc.set_threshold(1)
    try:
        with ThreadPoolExecutor(len(snippets)) as threads:
            found = list(threads.map(lambda snippet: set(dependencies(snippet).files), snippets * 10))
    finally:
        gc.set_threshold(*usual)
        gc.callbacks.remove(make_way)
    assert found == [{snippet.path, "snippets/a/helper.py"} for snippet in snippets * 10]


@NEEDS_GEVENT
def test_a_key_depends_on_the_installed_versions_that_the_snippet_runs_with(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    patched = Snippet.load(project.root, project.snippet("a/patched", "from gevent import monkey\n"))
    plain = Snippet.load(project.root, project.snippet("a/plain", "import threading\n"))
    assert {"gevent", "greenlet"} <= dependencies(patched).distributions.keys()
    assert dependencies(plain).distributions == {}
    keys = [key_of(snippet, Runner()) for snippet in (patched, plain)]

    monkeypatch.setattr("live.keeping.dependencies._installed", lambda _: ("99", ()))
    assert key_of(patched, Runner()) != keys[0]
    assert key_of(plain, Runner()) == keys[1]


def test_a_key_depends_on_interpreter_and_run_options(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    snippet = Snippet.load(project.root, project.snippet("a/b", "pass\n"))
    keys = {key_of(snippet, Runner()), key_of(snippet, Runner(timeout=1)), key_of(snippet, Runner(output_limit=1))}
    other = Python(sys.executable, "3.99.0 (other)", "/nowhere", Interpreter("CPython", "3.99.0", True))
    monkeypatch.setattr("live.running.means.python_for", lambda *_, **__: other)
    assert len(keys | {key_of(snippet, Runner())}) == 4
