"""Whatever a program prints or calls its threads: pages are well-formed, and have the renderer's elements only.

They are read as XML here, which forbids more than HTML does: unescaped signs, control characters, surrogates.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from unicodedata import category
from xml.etree import ElementTree

from hypothesis import example, given
from hypothesis import strategies as st

from live.recording import Piece, Recording
from live.rendering.card import card
from live.rendering.lanes import names as names_of
from live.rendering.lanes import short_names
from live.rendering.output import stretches
from live.rendering.printed import lines
from live.rendering.program import Replay, render_run
from live.rendering.timeline import render_timeline
from live.text import in_one_line, plain
from tests.handmade import recorded, turns
from tests.properties.strategies import recordings, with_names
from tests.properties.texts import names, printed

ALLOWED = {
    "div": {"class", "role", "lang", "id", "data-replay", "data-title", "data-search-exclude", "aria-hidden"},
    "p": {"class"},
    "pre": {"class", "tabindex", "style"},
    "code": set(),
    "span": {"class", "style", "data-lane", "data-name", "data-short", "data-time"},
    "a": {"class", "href", "download"},
    "time": {"datetime"},
    "figure": {"class", "style"},
    "figcaption": {"aria-hidden"},
    "svg": {
        *("class", "viewBox", "preserveAspectRatio", "role", "aria-labelledby", "aria-hidden"),
        *("width", "height", "x", "y", "xmlns", "fill"),
    },
    "title": {"id"},
    "desc": {"id"},
    "defs": set(),
    "style": set(),
    "g": {"class", "data-lane", "fill", "stroke", "stroke-width", "transform"},
    "path": {
        *("class", "d", "id", "fill", "fill-opacity"),
        *("stroke", "stroke-dasharray", "transform"),
    },
    "rect": {"width", "height", "fill"},
    "text": {"class", "x", "y"},
    "use": {"href", "x", "y"},
    "table": {"class"},
    "caption": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"scope"},
    "td": set(),
}
"""The elements that the renderer makes, and their attributes."""
ANSI = re.compile(r"ansi-(?:bold|dim|italic|underline|strike|reverse|[fb]g-\d+)")
COLOURS = re.compile(r"(?:(?:background-)?color: #[0-9a-f]{6}(?:; )?)*")
REPLAY = Replay("a-b", "a/b.js", "a/b.json")


def parsed(html: str) -> ElementTree.Element:
    """The page's part as XML; it fails if it is not well-formed, or could not be written to a file."""
    html.encode("utf-8")
    body = re.sub(r"<(a [^>]*) download>", r'<\1 download="">', html)
    body = re.sub(
        r'<div class="live-replay" data-search-exclude', '<div class="live-replay" data-search-exclude=""', body
    )
    root = ElementTree.fromstring(f"<body>{body}</body>")
    for element in list(root.iter())[1:]:
        tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert element.attrib.keys() <= ALLOWED[tag], (tag, element.attrib)
    return root


class _Html(HTMLParser):
    """Counts elements as a browser's parser finds them, rather than one of XML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found[tag] += 1

    def handle_comment(self, data: str) -> None:
        self.found["comment"] += 1

    def handle_decl(self, decl: str) -> None:
        self.found["declaration"] += 1

    unknown_decl = handle_decl


@given(recordings(), st.sampled_from(("zh", "en")), st.none() | st.just(REPLAY), printed())
@example(with_names("\x00"), "en", REPLAY, "")
@example(with_names("\ud800"), "en", REPLAY, "")
@example(with_names("\ufffe"), "en", REPLAY, "")
def test_what_a_page_shows_of_a_run_is_well_formed(
    recording: Recording, language: str, replay: Replay | None, failure: str
) -> None:
    made = render_run(
        recording,
        language=language,
        download="a/b.py",
        failure=plain(failure),
        replay=replay if recording.lanes else None,
    )
    root = parsed(str(made))
    counted = Counter(element.tag.lower() for element in root.iter())
    del counted["body"]
    assert _Html(str(made)).found == counted


@given(recordings(inside=True), st.sampled_from(("zh", "en", "fr")))
def test_a_timeline_is_well_formed(recording: Recording, language: str) -> None:
    root = parsed(str(render_timeline(recording, language=language, name="a-b")))
    for element in root.iter("path"):
        numbers = re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", element.get("d", ""))
        assert all(abs(float(number)) < 1e5 for number in numbers)
        assert not re.search("nan|inf|e", element.get("d", ""))


@given(recordings())
def test_a_card_is_well_formed_xml_and_says_nothing_of_the_run(recording: Recording) -> None:
    made = card(recording, '<path d="M0 0h1"/>')
    parsed(made)
    assert made == card(
        replace(recording, lanes=tuple(replace(lane, name="") for lane in recording.lanes)), '<path d="M0 0h1"/>'
    )


@given(recordings())
def test_of_the_output_every_visible_character_is_shown(recording: Recording) -> None:
    bare = replace(
        recording,
        output=tuple(
            replace(piece, text=piece.text.replace("\x1b", "e").replace("\x9b", "c")) for piece in recording.output
        ),
    )
    expected = plain("".join(piece.text for piece in bare.output))
    if not (bare.output and bare.output[-1].dropped and not bare.output[-1].text):
        expected = expected.removesuffix("\n")
    assert "".join(stretch.text for stretch in stretches(bare)) == expected


@given(recordings())
@example(recorded(output=(Piece(1, f"\x1b[{'1' * 5000}m"),)))
def test_classes_and_styles_of_the_output_are_the_renderers(recording: Recording) -> None:
    for stretch in stretches(recording):
        assert all(ANSI.fullmatch(name) for name in stretch.classes.split())
        assert COLOURS.fullmatch(stretch.style)


@given(recordings())
@example(recorded(output=(Piece(1, "\x1b[31mred\x1b[0m\x1b"), Piece(2, "0"))))
def test_lines_put_together_are_the_output(recording: Recording) -> None:
    found = lines(recording)
    whole = "".join(stretch.text for stretch in stretches(recording))
    texts = ["".join(part.stretch.text for part in line.parts) for line in found if not line.left_out]
    assert "".join(texts).replace("\n", "") == whole.replace("\n", "")
    if not any(piece.dropped for piece in recording.output):
        assert "\n".join(texts) == whole
    printers = {(piece.at, piece.lane) for piece in recording.output}
    assert all((part.at, part.lane) in printers for line in found if not line.left_out for part in line.parts)


@given(printed(), st.integers(1, 6))
@example("\x1b[?25lhidden", 4)
@example("\x1b[\nx", 1)
def test_lines_do_not_depend_on_where_the_output_was_cut_into_pieces(text: str, size: int) -> None:
    text = re.sub(r"\x1b(?!\[)", "", text)  # no other codes are known
    cut = tuple(Piece(1, text[start : start + size], 0) for start in range(0, len(text), size))
    assert shown(cut) == shown((Piece(1, text, 0),) if text else ())


def shown(pieces: tuple[Piece, ...]) -> list[str]:
    recording = replace(turns(), output=pieces)
    return ["".join(part.stretch.text for part in line.parts) for line in lines(recording)]


@given(names())
@example("a\nb")
@example("\ud83d\ude00")
@example("\ufffe")
def test_a_name_is_shown_in_one_line(name: str) -> None:
    shown = in_one_line(name)
    assert {category(character) for character in shown}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert len(shown.splitlines()) <= 1
    assert in_one_line(shown) == shown


@given(recordings(inside=True))
@example(with_names("#2", "a", "a"))
@example(with_names("main", ""))
def test_no_two_lanes_have_the_same_short_name(recording: Recording) -> None:
    assert len(set(short_names(recording))) == len(recording.lanes)
    assert all(names_of(recording)), "a lane without a name could not be told from others"


def test_the_check_does_look() -> None:
    recording = recorded(output=(Piece(1, "<script>"),))
    made = str(render_run(recording, language="en", download="a/b.py"))
    assert _Html(made).found["script"] == 0
    assert _Html(unescape(made)).found["script"] == 1
