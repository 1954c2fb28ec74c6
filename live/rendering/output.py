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
_ATTRIBUTES = ("bold", "dim", "italic", "underline", "strike")


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


def stretches(recording: Recording) -> list[Stretch]:
    """The output in order, without the line end that ends it."""
    found: list[Stretch] = []
    text = ""
    for piece in recording.output:
        if piece.dropped:
            found += [*_styled(text), Stretch("", left_out=piece.dropped)]
            text = ""
        text += piece.text
    return found + _styled(text.removesuffix("\n"))


def _styled(text: str) -> list[Stretch]:
    text = decoded(text)
    if "\x1b[" not in text:
        return [Stretch(plain(text))] if text else []
    return list(_coloured(text))


def _coloured(text: str) -> Iterator[Stretch]:
    from rich.ansi import AnsiDecoder

    decoder = AnsiDecoder()
    for part in _LINE_ENDS.split(text):
        if _LINE_ENDS.fullmatch(part):
            yield Stretch(plain(part))
            continue
        line = decoder.decode_line(part)
        position = 0
        for span in line.spans:  # the decoder's spans follow each other and never overlap
            if span.start > position:
                yield Stretch(plain(line.plain[position : span.start]))
            if not isinstance(span.style, str):
                yield _stretch(plain(line.plain[span.start : span.end]), span.style)
            position = span.end
        if line.plain[position:]:
            yield Stretch(plain(line.plain[position:]))


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
