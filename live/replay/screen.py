"""Draws a moment of a replay for a terminal: code, lanes, output."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import RenderableType
from rich.layout import Layout
from rich.panel import Panel
from rich.text import Text

from live.replay import telling
from live.replay.player import LONGEST, Player
from live.replay.scene import Printed, Scene
from live.replay.spans import HOT, PARKED, READY, RUNS, SLEEPS, WAITS, Span
from live.replay.transcript import shown
from live.text import in_one_line

COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#d55e00", "#cc79a7", "#0072b2", "#999999")
"""Of lanes, in turn: those of Okabe and Ito, which colour-blind people can tell apart; grey instead of the yellow,
which cannot be read on white."""
SIGNS = {RUNS: "━", READY: "╍", HOT: "≋", SLEEPS: "─", WAITS: "┄", PARKED: "·"}
"""Of states."""
KEYS = "space plays and pauses   ← → one step   Home End   q quits"
_WIDE = 140
"""Columns from which on code and lanes stand side by side."""
_MARKS = 3
"""Lanes that are named beside a line of code; more of them are counted."""
_NUMBER = 4
"""Columns of a line number."""
_NAME = 20
"""Columns of a lane's name at most, in the list of lanes."""


@dataclass
class Screen:
    """Pictures of one recording."""

    scene: Scene

    def draw(self, player: Player, width: int, height: int) -> RenderableType:
        """The moment at which the player stands, for a terminal of that many columns and rows."""
        at = player.times[player.place] if player.times else 0
        standing = self.scene.standing(at)
        lanes_height = min(max(len(standing), 1), max(height // 4, 1)) + 2
        output_height = max(height // 4, 3)
        code, lanes = Layout(name="code"), Layout(name="lanes")
        body = Layout(name="body")
        if width >= _WIDE:
            code_width, code_height = width * 3 // 5, height - 3 - output_height
            code.size, lanes.size = code_width, width - code_width
            lanes_height = code_height
            body.split_row(code, lanes)
        else:
            code_width, code_height = width, height - 3 - output_height - lanes_height
            lanes.size = lanes_height
            body.split_column(code, lanes)
        code.update(self._code(player.place, standing, code_width - 4, max(code_height - 2, 1)))
        lanes.update(self._lanes(standing, at, max(lanes_height - 2, 1)))
        whole = Layout()
        whole.split_column(
            Layout(self._head(player), size=1),
            Layout(self._event(player), size=1),
            body,
            Layout(self._output(at, output_height - 2), size=output_height),
            Layout(Text(KEYS, style="dim", no_wrap=True, overflow="ellipsis"), size=1),
        )
        return whole

    def colour(self, lane: int | None) -> str:
        """The style of what belongs to the lane."""
        return "" if lane is None else COLOURS[lane % len(COLOURS)]

    def _head(self, player: Player) -> Text:
        recording = self.scene.recording
        state = "▶ plays" if player.playing else "‖ paused"
        head = Text(no_wrap=True, overflow="ellipsis")
        head.append(f"{player.now / 1e9:.6f} s", "bold").append(f" of {recording.duration / 1e9:.3f} s")
        head.append(f"   {state} {player.speed:g}×   step {player.place + 1} of {player.last + 1}")
        return head.append("   (not everything was recorded)") if recording.gaps else head

    def _event(self, player: Player) -> Text:
        line = Text(no_wrap=True, overflow="ellipsis")
        if not self.scene.moments:
            return line.append("Nothing of this run was recorded.")
        moment = self.scene.moments[player.place]
        if player.playing and player.shortened:
            line.append(f"» {player.shortened:.3f} s in which nothing happens, shortened to {LONGEST:g} s   ", "dim")
        if moment.lane is not None:
            line.append(telling.lane_name(self.scene.recording, moment.lane), f"bold {self.colour(moment.lane)}")
            line.append(" ")
        return line.append(moment.text)

    def _code(self, place: int, standing: list[Span], width: int, height: int) -> Panel:
        focus = self.scene.focus(place)
        files = self.scene.recording.files
        path = files[focus.file] if focus and focus.file is not None else self.scene.recording.snippet
        lines = self.scene.sources.get(path, ())
        here = [span for span in standing if span.file is not None and files[span.file] == path]
        middle = focus.line if focus and focus.line else 1
        first = max(min(middle - height // 2, len(lines) - height + 1), 1)
        rows = [
            self._row(number, shown(lines[number - 1]), self._on(number, here, focus), width)
            for number in range(first, min(first + height, len(lines) + 1))
        ]
        return _box(in_one_line(path), rows)

    @staticmethod
    def _on(line: int, here: list[Span], focus: Span | None) -> list[Span]:
        """Those that stand on the line: first the lane that is looked at, then those that run."""
        lane = focus.lane if focus else None
        on_line = [span for span in here if span.line == line]
        return sorted(on_line, key=lambda span: (span.lane != lane, span.state != RUNS))

    def _row(self, number: int, source: str, here: list[Span], width: int) -> Text:
        """A line of code and the lanes that stand on it."""
        marks = Text()
        for span in here[:_MARKS]:
            doing = "" if span.state == RUNS else f" {telling.state(self.scene.recording, span)}"
            if len(here) > 1:
                doing = f" {SIGNS[span.state] * 2}"
            marks.append(f" ◀ {telling.lane_name(self.scene.recording, span.lane)}{doing}", self.colour(span.lane))
        if len(here) > _MARKS:
            marks.append(f" … and {len(here) - _MARKS} more")
        room = width - _NUMBER - 1
        marks.truncate(max(room // 2, room - cell_len(source)), overflow="ellipsis")
        code = set_cell_size(source.expandtabs(4), max(room - cell_len(marks.plain), 0))
        row = Text(no_wrap=True, overflow="crop").append(f"{number:>{_NUMBER}} ", "" if here else "dim")
        row.append(code, f"bold {self.colour(here[0].lane)}" if here else "")
        return row.append_text(marks)

    def _lanes(self, standing: list[Span], at: int, height: int) -> Panel:
        """What each lane does; where there are more than fit, those that did something last."""
        if len(standing) > height:
            latest = sorted(standing, key=lambda span: span.start)[-(height - 1) :] if height > 1 else []
            listed = [span for span in standing if span in latest]
        else:
            listed = standing
        width = max((cell_len(self._name(span)) for span in listed), default=0)
        rows = []
        for span in listed:
            row = Text(no_wrap=True, overflow="ellipsis")
            row.append(f"{SIGNS[span.state] * 2} {set_cell_size(self._name(span), width)}  ", self.colour(span.lane))
            rows.append(row.append(self.scene.doing(span, at)))
        if len(listed) < len(standing):
            rows.append(Text(f"… and {len(standing) - len(listed)} more", style="dim"))
        if not self.scene.recording.lanes:
            rows.append(Text("This program was not recorded from inside.", style="dim"))
        return _box("lanes", rows)

    def _output(self, at: int, height: int) -> Panel:
        rows = [self._printed(line) for line in self.scene.printed(at)[-height:]]
        return _box("output", rows)

    def _printed(self, line: Printed) -> Text:
        row = Text(no_wrap=True, overflow="ellipsis")
        if line.lane is not None:
            row.append(f"▌{telling.lane_name(self.scene.recording, line.lane)} ", self.colour(line.lane))
        row.append(f"{line.at / 1e9:.3f} s  ", "dim")
        for lane, text in line.parts:
            row.append(text, "" if lane == line.lane else self.colour(lane))
        return row

    def _name(self, span: Span) -> str:
        name = Text(telling.lane_name(self.scene.recording, span.lane))
        name.truncate(_NAME, overflow="ellipsis")
        return name.plain


def _box(title: str, rows: list[Text]) -> Panel:
    text = Text("\n", no_wrap=True, overflow="ellipsis").join(rows)
    return Panel(text, title=Text(title), title_align="left", border_style="dim")
