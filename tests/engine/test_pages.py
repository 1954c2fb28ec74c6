"""Finding the programs of a page, and judging what came of them."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest

from live.errors import SnippetError
from live.pages.failures import judge, leftovers, merged, objection, report
from live.pages.scan import Use, uses
from tests.engine.test_keeping import RECORDING

PAGE = dedent(
    """
    # Title

    ```python exec="on" source="above"
    --8<-- "snippets/a/b.py"
    ```

    ```python
    --8<-- "snippets/shown/only.py"
    ```

    ````markdown
    ```python exec="on"
    --8<-- "snippets/an/example.py"
    ```
    ````

    === "Tab"

        ~~~py exec="1" returncode='3' title="a title"
        --8<-- "snippets/a/c.py:part"
        ~~~

    > ```python exec="yes"
    > --8<-- "snippets/quoted/d.py"
    > ```

    ``` .python exec="on"
    print("inline")
    ```

    ```python exec="off"
    --8<-- "snippets/a/off.py"
    ```

    ```python exec="on"
    --8<-- "snippets/never/closed.py"
    """
)


def test_a_page_shows_the_programs_that_its_fences_execute() -> None:
    found = uses(PAGE, "docs/zh/x.md")
    assert [(use.path, use.line, use.include, use.part) for use in found] == [
        ("snippets/a/b.py", 4, 5, False),
        ("snippets/a/c.py", 20, 21, True),
        ("snippets/quoted/d.py", 24, 25, False),
        (None, 28, None, False),
    ]
    assert found[1].options == {"exec": "1", "returncode": "3", "title": "a title"}
    assert [use.exit_code for use in found] == [0, 3, 0, 0]
    assert found[0].place == "docs/zh/x.md:4"


def use(**options: str) -> Use:
    return Use("docs/zh/x.md", 4, "snippets/a/b.py", 5, options={"exec": "on", **options})


@pytest.mark.parametrize(
    ("options", "exit_code", "got"),
    [
        ({}, 0, None),
        ({"returncode": "3"}, 3, None),
        ({"returncode": "-9"}, -9, None),
        ({}, 3, "exit code 3"),
        ({"returncode": "3"}, 0, "exit code 0"),
        ({}, -9, "killed by SIGKILL"),
        ({}, -64, "killed by SIGRTMAX"),
        ({}, None, "still running after 30 s, and stopped"),
    ],
)
def test_a_page_says_which_exit_code_it_expects(
    options: dict[str, str], exit_code: int | None, got: str | None
) -> None:
    failure = judge(use(**options), replace(RECORDING, exit_code=exit_code))
    assert (failure.got if failure else None) == got


@pytest.mark.parametrize("option", ["html", "session", "workdir", "width"])
def test_options_that_make_no_sense_here_are_named(option: str) -> None:
    failure = objection(use(**{option: "yes"}))
    assert failure
    assert failure.got == f'{option}="yes"'


def test_a_returncode_that_is_no_number_is_named() -> None:
    failure = objection(use(returncode="one"))
    assert failure
    assert failure.got == 'returncode="one"'


def test_the_report_names_each_snippet_once_with_all_places_and_its_last_lines() -> None:
    traces = 'Thread 0x01 [t1] (most recent call first):\n  File "snippets/a/b.py", line 3 in f\n'
    failed = replace(RECORDING, exit_code=None, traces=traces)
    english = replace(use(), page="docs/en/x.md")
    failures = [judge(use(), failed), judge(english, failed), judge(use(), SnippetError("snippets/a/b.py: is gone"))]
    assert len(merged(failure for failure in failures if failure)) == 2
    text = report(failure for failure in failures if failure)
    assert text == dedent(
        """\
        2 snippets did not do what the pages say.

        snippets/a/b.py
          shown in  docs/zh/x.md:4
                    docs/en/x.md:4
          expected  exit code 0 within 30 s
          got       still running after 30 s, and stopped
          stood at  t1: snippets/a/b.py:3 in f
          printed   | 并发
                    | \\xff\\x00\\x1b[1mend

        snippets/a/b.py
          shown in  docs/zh/x.md:4
          expected  a program that can be run
          got       is gone

        Run one alone with: python -m live run PATH"""
    )


def test_processes_left_running_are_warned_about() -> None:
    (warning,) = leftovers({"snippets/a/b.py": RECORDING, "snippets/a/c.py": replace(RECORDING, leftovers=())})
    assert warning.startswith("snippets/a/b.py left 1 process running, now killed: sleep 1.")
