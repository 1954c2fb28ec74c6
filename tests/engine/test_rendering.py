"""A run as HTML: exactly what was printed, and never anything that the browser would obey."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from live.recording import Interpreter, Machine, Piece
from live.rendering.program import render_run
from live.rendering.words import WORDS
from tests.engine.test_keeping import RECORDING

PLAIN = replace(RECORDING, leftovers=(), launch=())


def rendered(*texts: str, **changes) -> str:
    recording = replace(PLAIN, output=tuple(Piece(0, text) for text in texts), **changes)
    return render_run(recording, language="en", download="../snippets/a/b.py")


def output(page: str) -> str:
    """What a reader sees and copies."""
    (inside,) = re.findall(r"<code>(.*?)</code>", page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", inside))


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "  indented\n\n\ttab",
        "trailing  \nspace ",
        "<b>&amp;</b>",
        "</script><img src=x onerror=alert(1)>",
        "并发 🧵",
    ],
)
def test_output_is_shown_exactly_and_escaped(text: str) -> None:
    page = rendered(text + "\n")
    assert output(page) == text
    assert "<img" not in page
    assert "<b>" not in page


def test_what_nobody_could_see_is_made_visible() -> None:
    assert output(rendered("a\udcffb\x00c\rd\x07\n")) == r"a\xffb\x00c\x0dd\x07"


def test_ansi_colours_are_kept_as_classes_and_their_codes_are_gone() -> None:
    page = rendered("\x1b[1;31mred\x1b[0m <i> \x1b[38;2;1;2;3mexact\x1b[0m\n", "\x1b[7mreverse\nstill\x1b[0m done\n")
    assert '<span class="ansi-bold ansi-fg-1">red</span> &lt;i&gt; ' in page
    assert '<span style="color: #010203">exact</span>' in page
    assert '<span class="ansi-reverse">still</span> done' in page
    assert output(page) == "red <i> exact\nreverse\nstill done"


def test_a_program_that_prints_nothing_says_so() -> None:
    assert WORDS["en"].nothing in rendered()


def test_where_output_was_cut_the_page_says_so() -> None:
    recording = replace(PLAIN, output=(Piece(0, "start"), Piece(1, "end", dropped=12_345)))
    page = render_run(recording, language="zh", download="x.py")
    assert re.search(r"start<span.*?12,345 字节.*?</span>end", page, re.DOTALL)


def facts(page: str) -> list[str]:
    return re.findall(r"<span>(.*?)</span>", page.rpartition("live-facts")[2])


def test_facts_name_interpreter_machine_duration_and_what_was_unusual() -> None:
    assert facts(rendered("x")) == ["CPython 3.13.0", "Linux x86-64", "2 cores", "1.23 s"]
    unusual = rendered(
        "x",
        exit_code=3,
        leftovers=("sleep",),
        launch=("mpiexec", "-n", "4"),
        interpreter=Interpreter("CPython", "3.14.1", True),
        machine=Machine("macOS", "arm64", 1),
    )
    assert facts(unusual) == [
        "mpiexec -n 4",
        "CPython 3.14.1",
        "free-threaded",
        "macOS arm64",
        "1 core",
        "1.23 s",
        "exit code 3",
        "processes left running and killed: 1",
    ]
    assert facts(rendered("x", exit_code=-9))[-1] == "killed by SIGKILL"
    assert facts(rendered("x", exit_code=None))[-1] == "stopped after 30 s"


def test_every_language_has_every_word_and_another_gets_english_ones() -> None:
    for label in WORDS.values():
        assert all(vars(label).values())
    assert render_run(PLAIN, language="ja", download="x.py") == render_run(PLAIN, language="en", download="x.py")
