"""What a program printed, as stretches of text of one style. Nothing here is HTML yet, so nothing is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
# What rich would take for a code of another kind, and leave out, but only where a colour is near.
_NO_CODE = re.compile(r"\x1b(?!\[)")
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
    text = _Text()
    for piece in recording.output:
        if piece.dropped:
            found += [*_styled(text.whole()), Stretch("", left_out=piece.dropped)]
            text = _Text()
        if piece.text:
            text.add(decoded(piece.text), MARK if marked else "")
    return found + _styled(text.whole().removesuffix("\n"))


@dataclass
class _Text:
    """Pieces put together. However many there are, each is looked at once."""

    parts: list[str] = field(default_factory=list)
    begun: str = ""
    """An ANSI code that is not over yet."""
    late: str = ""
    """Marks that have to wait until it is."""

    def add(self, piece: str, mark: str) -> None:
        """Append a piece, with the mark before it; behind the code where it begins within one."""
        self.late += mark
        whole = self.begun + piece
        if self.begun and _UNFINISHED.fullmatch(whole):
            self.begun = whole
            return
        code = _CODE.match(whole) if self.begun else None
        end = code.end() if code else len(self.begun)
        text = whole[:end] + self.late + whole[end:]
        begun = _UNFINISHED.search(text)
        self.begun, self.late = begun[0] if begun else "", ""
        self.parts.append(text[: begun.start()] if begun else text)

    def whole(self) -> str:
        """All of it, with all marks."""
        return "".join([*self.parts, self.begun, self.late])


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
            line = decoder.decode_line(_NO_CODE.sub(r"\\x1b", part))
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
