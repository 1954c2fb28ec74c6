"""No test sleeps so that something else should have happened meanwhile, and none is tried again until it passes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tests.conftest import ROOT

MAY_SLEEP = {
    # What waits for a condition, with a limit.
    "tests/project.py": {"wait_for"},
    "tests/site/test_serving.py": {"wait_for"},
    # What holds up threads on purpose, at random: nothing waits for it to be over.
    "tests/faults/schedules.py": {"step", "_stopping"},
    # Work that is done by sleeping.
    "tests/snippets/test_basics.py": {"stay_a_while"},
}
"""Functions that may sleep, by file."""
SLEEPS = {"sleep"}
RETRIES = {"flaky", "retry", "retries", "rerun", "reruns", "repeat_until", "tenacity", "backoff", "stamina"}
PROGRAMS = ("tests/snippets/mutations/", "tests/exercises/", "tests/exercising/test_stage.py", "tests/lighthouse/")
"""Programs, which sleep like those on pages, and plays on a stage, whose clock makes sleeping take no time."""


def sleeping(tree: ast.AST, inside: tuple[str, ...] = ()) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line of each call that sleeps, and the functions that it stands in. Programs in strings are another matter."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in SLEEPS and not _takes_no_time(node):
            yield node.lineno, inside
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from sleeping(node, (*inside, node.name) if named else inside)  # type: ignore[attr-defined]


def trying_again(tree: ast.AST) -> Iterator[int]:
    """Line of each decorator, mark or import that has a test tried again."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [_names(decorator) for decorator in node.decorator_list]
        elif isinstance(node, ast.Import):
            names = [{part for alias in node.names for part in alias.name.split(".")}]
        elif isinstance(node, ast.ImportFrom):
            names = [set((node.module or "").split(".")) | {alias.name for alias in node.names}]
        else:
            continue
        if any(found & RETRIES or any(name.startswith("pytest_rerun") for name in found) for found in names):
            yield node.lineno


def _takes_no_time(call: ast.Call) -> bool:
    """Whether it only makes way for others."""
    return bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _names(node: ast.expr) -> set[str]:
    return {_last_name(part) for part in ast.walk(node) if isinstance(part, ast.expr)}


@cache
def trees() -> list[tuple[str, ast.Module]]:
    files = {file.relative_to(ROOT).as_posix(): file for file in sorted((ROOT / "tests").rglob("*.py"))}
    return [(name, ast.parse(file.read_bytes())) for name, file in files.items() if not name.startswith(PROGRAMS)]


def test_no_test_sleeps_but_to_poll_for_a_condition() -> None:
    found = [
        f"{name}:{line}"
        for name, tree in trees()
        for line, inside in sleeping(tree)
        if not MAY_SLEEP.get(name, set()).intersection(inside)
    ]
    assert found == [], "wait for a condition with `wait_for` of tests/project.py, or for an event or a queue"


def test_no_test_is_tried_again() -> None:
    assert [f"{name}:{line}" for name, tree in trees() for line in trying_again(tree)] == []


def test_what_may_sleep_does() -> None:
    sleep = {(name, function) for name, tree in trees() for _, inside in sleeping(tree) for function in inside}
    assert {(name, function) for name, all_of in MAY_SLEEP.items() for function in all_of} <= sleep


def test_the_checks_do_look() -> None:
    sleepy = ast.parse(
        "import time\ndef test_a():\n    time.sleep(1)\n    time.sleep(0)\n    x = 'time.sleep(2)'\n    sleep(3)\n"
    )
    assert list(sleeping(sleepy)) == [(3, ("test_a",)), (6, ("test_a",))]
    again = ast.parse(
        "@pytest.mark.flaky(reruns=3)\ndef test_a(): ...\nfrom tenacity import retry\n@retry\ndef f(): ...\n"
    )
    assert list(trying_again(again)) == [2, 3, 5]
