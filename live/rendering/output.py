"""What a program printed, as stretches of text of one style. Nothing here is HTML yet, so nothing is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.recording import Recording
from live.text import decoded, plain

if TYPE_CHECKING:
    from rich.color import Color
    from rich.style import Style

_LINE_ENDS = re.compile(r"([\r\n])")
# As ECMA-48 has them: parameters, then intermediate bytes, then the final one. `?25l` hides the cursor.
_UNFINISHED = re.compile(r"\x1b(\[[0-?]*[ -/]*)?\Z")
_CODE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_ATTRIBUTES = ("bold", "dim", "italic", "underline", "strike")

MARK = "\ud800"
"""Stands where a piece of output begins. No output has it: of what is `decoded`, no surrogate is left."""


@dataclass(frozen=True)
class Stretch:
    """Text of one style."""

    text: str
    classes: str = ""
    """CSS classes, of which docs/assets/live.css says what they look like in both colour schemes."""
    style: str = ""
    """CSS declarations for the colours that have no class."""
    left_out: int = 0
    """Bytes left out here, if that is what the stretch stands for."""


def stretches(recording: Recording, *, marked: bool = False) -> list[Stretch]:
    """The output in order, without the line end that ends it.

    Args:
        recording: The run.
        marked: Whether a `MARK` is put where a piece with text begins; behind the code where it begins within an ANSI
            code.
    """
    found: list[Stretch] = []
    text, late = "", ""
    for piece in recording.output:
        if piece.dropped:
            found += [*_styled(text + late), Stretch("", left_out=piece.dropped)]
            text, late = "", ""
        if marked and piece.text:
            text, late = _joined(text, late + MARK, decoded(piece.text))
        else:
            text += decoded(piece.text)
    return found + _styled((text + late).removesuffix("\n"))


def _joined(text: str, late: str, more: str) -> tuple[str, str]:
    """The text with the marks and what follows them, and the marks that have to wait until an ANSI code is over."""
    begun = _UNFINISHED.search(text)
    if begun and _UNFINISHED.fullmatch(begun[0] + more):
        return text + more, late
    code = _CODE.match(begun[0] + more) if begun else None
    rest = code.end() - len(begun[0]) if begun and code else 0
    return text + more[:rest] + late + more[rest:], ""


def _styled(text: str) -> list[Stretch]:
    if "\x1b[" not in text:
        return [Stretch(_plain(text))] if text else []
    return list(_coloured(text))


def _coloured(text: str) -> Iterator[Stretch]:
    from rich.ansi import AnsiDecoder

    decoder = AnsiDecoder()
    for part in _LINE_ENDS.split(text):
        if _LINE_ENDS.fullmatch(part):
            yield Stretch(_plain(part))
            continue
        try:
            line = decoder.decode_line(part)
        except ValueError:  # a number with more digits than Python reads: that is no colour
            yield Stretch(_plain(part))
            continue
        position = 0
        for span in line.spans:  # the decoder's spans follow each other and never overlap
            if span.start > position:
                yield Stretch(_plain(line.plain[position : span.start]))
            if not isinstance(span.style, str):
                yield _stretch(_plain(line.plain[span.start : span.end]), span.style)
            position = span.end
        if line.plain[position:]:
            yield Stretch(_plain(line.plain[position:]))


def _stretch(text: str, style: Style) -> Stretch:
    classes = [f"ansi-{name}" for name in _ATTRIBUTES if getattr(style, name)]
    declarations = []
    colours = [("color", style.color), ("background-color", style.bgcolor)]
    if style.reverse:
        colours = [("color", style.bgcolor), ("background-color", style.color)]
        classes.append("ansi-reverse")
    for name, colour in colours:
        if colour is None or colour.is_default:
            continue
        if colour.number is not None and colour.number < 16:
            classes.append(f"ansi-{'fg' if name == 'color' else 'bg'}-{colour.number}")
        else:
            declarations.append(f"{name}: {_hex(colour)}")
    return Stretch(text, " ".join(classes), "; ".join(declarations))


def _hex(colour: Color) -> str:
    return colour.get_truecolor().hex


def _plain(text: str) -> str:
    """As `plain`, but for the marks."""
    return MARK.join(map(plain, text.split(MARK)))
