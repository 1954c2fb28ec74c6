"""A run as HTML: exactly what was printed, and never anything that the browser would obey."""

from __future__ import annotations

import html
import json
import re
from dataclasses import asdict, replace

import pytest

from live.recording import Event, Interpreter, Lane, Machine, Piece, Recording
from live.rendering.player_words import PLAYER_WORDS
from live.rendering.printed import MOST_LINES
from live.rendering.program import Replay, lacks, render_player, render_run
from live.rendering.words import WORDS, date
from tests.engine.test_keeping import RECORDING
from tests.handmade import recorded, turns

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


REPLAY = Replay("replay-a-turns", "../assets/replay/a/turns-1.js", "../assets/replay/a/turns-2-trace.json")


def replayed(recording: Recording, language: str = "en") -> str:
    return render_run(recording, language=language, download="../snippets/a/turns.py", replay=REPLAY)


def test_every_line_says_beside_the_text_who_printed_it_and_when() -> None:
    page = replayed(turns())
    gutters = re.findall(
        r'<span class="live-who live-lane-color-(\d)" data-lane="(\d)" [^>]*data-time="(.*?)"></span>', page
    )
    assert gutters == [("1", "1", "3.000 s"), ("0", "0", "3.000 s")]
    assert 'data-name="Thread-1" data-short="T1"' in page
    assert output(page) == "hello\nbye"


def test_a_part_that_another_lane_printed_is_marked_in_its_colour() -> None:
    torn = replace(turns(), output=(Piece(1, "from main", 0), Piece(2, " <b>\n", 1)))
    page = replayed(torn)
    assert (
        '<span class="live-part">from main</span><span class="live-part live-other live-lane-color-1"> &lt;b&gt;</span>'
        in page
    )


def test_a_line_that_nobody_is_known_to_have_printed_has_an_empty_gutter() -> None:
    page = replayed(replace(turns(), output=(Piece(1, "whose?\n"),)))
    assert '<span class="live-who"></span><span class="live-part">whose?</span>' in page


def test_names_are_escaped() -> None:
    name = '"><img src=x onerror=alert(1)>'
    lane = Lane(0, name, "thread", None, 0, 1, 0, 9)
    page = replayed(recorded(lanes=(lane,), output=(Piece(1, "x\n", 0),), events=(Event(1, 0, "begin"),)))
    assert "<img" not in page


def test_ansi_colours_and_lanes_go_together() -> None:
    page = replayed(replace(turns(), output=(Piece(1, "\x1b[31mred", 0), Piece(2, "der\x1b[0m\nplain\n", 1))))
    assert '<span class="live-part ansi-fg-1">red</span>' in page
    assert '<span class="live-part live-other live-lane-color-1 ansi-fg-1">der</span>' in page
    assert output(page) == "redder\nplain"


def test_where_output_was_cut_between_lanes_the_page_still_says_so() -> None:
    page = replayed(replace(turns(), output=(Piece(1, "start", 0), Piece(2, "end\n", 1, dropped=12_345))))
    assert re.search(
        r"start</span></span><span class=.live-left-out.>.*?12,345 bytes.*?</span><span.*?end", page, re.DOTALL
    )


def test_a_run_without_lanes_looks_as_if_there_were_no_replays() -> None:
    page = rendered("plain\n")
    assert '<pre class="live-output" tabindex="0" style="--live-lines: 1"><code>plain</code></pre>' in page
    assert "replay" not in page


def test_the_trace_can_be_downloaded() -> None:
    assert f'<a class="live-trace" href="{REPLAY.trace}" download>{WORDS["zh"].trace}</a>' in replayed(turns(), "zh")


@pytest.mark.parametrize("language", WORDS)
def test_what_the_replay_lacks_is_said_in_the_language_of_the_page(language: str) -> None:
    label = WORDS[language]
    assert lacks(turns(), label) == []
    hot = replace(turns(), events=(*turns().events, Event(1, 0, "hot", 0, 5)), gaps=("trouble", "full"))
    assert lacks(hot, label) == [label.lacks_visits, label.lacks_full, label.lacks_trouble]
    assert label.lacks_full in replayed(hot, language)


def test_output_of_very_many_lines_is_shown_without_who_printed_which() -> None:
    language = "en"
    many = "".join(f"{number}\n" for number in range(MOST_LINES + 1))
    recording = replace(turns(), output=(Piece(5, many, 0),))
    page = replayed(recording, language)
    assert output(page) == many.removesuffix("\n")
    assert "live-who" not in page
    assert WORDS[language].lacks_printers in page
    assert len(page) < 3 * len(many)


def test_the_player_gets_its_words_from_the_page() -> None:
    tag = render_player("../assets/replay.js?1", "zh")
    words = json.loads(html.unescape(re.findall(r'data-words="(.*?)"', tag)[0]))
    assert words["play"] == PLAYER_WORDS["zh"].play


def test_the_player_has_the_same_words_in_every_language() -> None:
    english = asdict(PLAYER_WORDS["en"])
    for spoken in PLAYER_WORDS.values():
        for name, value in asdict(spoken).items():
            assert shape(value) == shape(english[name]), name


def shape(value: str | dict[str, str]) -> object:
    """What a translation may not change: the keys, and which gaps are filled."""
    if isinstance(value, dict):
        return {key: shape(text) for key, text in value.items()}
    assert value
    return sorted(set(re.findall(r"{\d?}", value)))


def facts(page: str) -> list[str]:
    return re.findall(r"<span>(.*?)</span>", page.rpartition("live-facts")[2])


@pytest.mark.parametrize(
    ("language", "written"),
    [("zh", "2026年11月25日"), ("en", "25 November 2026"), ("xx", "25 November 2026")],
)
def test_a_date_is_written_as_in_the_language_of_the_words(language: str, written: str) -> None:
    assert date(language, "2026-11-25") == written


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


def test_every_language_has_every_word_and_another_gets_english_ones_that_say_so() -> None:
    for label in WORDS.values():
        assert all(vars(label).values())
    other, english = (render_run(PLAIN, language=language, download="x.py") for language in ("ja", "en"))
    assert other == str(english).replace('class="live-run"', 'class="live-run" lang="en"', 1), "and says that they are"
