"""What a replay shows in a terminal, picture by picture, and how it moves on."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from live.recording import Event, Lane, Piece, Recording
from live.replay.keyboard import Keyboard
from live.replay.player import LONGEST, Player
from live.replay.scene import Scene
from live.replay.screen import SIGNS, Screen
from live.replay.spans import STATES, Span
from live.replay.telling import state
from tests.handmade import FILE, MAIN, SECOND, SOURCES, WORKER, recorded, turns
from tests.pseudo_terminal import COLUMNS, ROWS


def drawn(recording: Recording, player: Player, width: int = COLUMNS, height: int = ROWS) -> str:
    """The picture as plain text."""
    console = Console(width=width, height=height, file=StringIO(), force_terminal=True, color_system=None)
    with console.capture() as captured:
        console.print(Screen(Scene(recording, SOURCES)).draw(player, width, height))
    return captured.get()


def at(recording: Recording, place: int, *, playing: bool = False) -> Player:
    return Player([moment.at for moment in Scene(recording, SOURCES).moments], playing=playing, place=place)


def test_a_long_idle_stretch_is_shortened_and_says_so() -> None:
    player = at(turns(), 8, playing=True)
    player.tick(LONGEST / 2)
    assert "3.000 s in which nothing happens, shortened to 1 s" in drawn(turns(), player)
    assert player.now == pytest.approx(1.5 * SECOND, rel=0.001)
    player.tick(LONGEST / 2)
    assert player.place > 8
    assert "shortened" not in drawn(turns(), at(turns(), 8))


@pytest.mark.parametrize(("width", "height"), [(40, 12), (80, 24), (200, 60), (10, 3)])
@pytest.mark.parametrize("place", [0, 7, 22])
def test_a_picture_fits_its_terminal(width: int, height: int, place: int) -> None:
    rows = drawn(turns(), at(turns(), place), width, height).splitlines()
    assert len(rows) <= height
    assert all(len(row) <= width for row in rows)


def test_many_lanes_are_counted_where_they_do_not_fit() -> None:
    main = Lane(0, "main", "process", None, 0, 1, 0, None)
    lanes = (main, *(Lane(number, f"Task-{number}", "task", 0, 0, 1, 0, None) for number in range(1, 300)))
    events = tuple(Event(number + 1, number, "line", 0, 5) for number in range(300))
    recording = recorded(lanes=lanes, files=(FILE,), events=events)
    picture = drawn(recording, at(recording, 299))
    assert "◀ Task-299 " in picture
    assert "… and 297 more" in picture
    assert len(picture.splitlines()) == ROWS


def test_a_lane_that_has_ended_is_not_shown_any_more() -> None:
    lanes = drawn(turns(), at(turns(), 18)).partition(" output ")[0]
    assert "◀ Thread-1" not in lanes
    assert "━━ Thread-1" not in lanes
    assert "┄┄ main" in lanes


def test_every_state_has_words_and_a_sign_of_its_own() -> None:
    assert set(SIGNS) == set(STATES)
    assert len(set(SIGNS.values())) == len(STATES)
    told = {state(turns(), Span(MAIN, 0, 1, name, what=None)) for name in STATES}
    assert len(told) == len(STATES)


def test_what_two_lanes_printed_into_one_line_stands_in_one() -> None:
    output = (Piece(1, "start music", WORKER), Piece(2, "start [bold]log\n", MAIN), Piece(3, "\n\x1b[2J", WORKER))
    picture = drawn(replace(turns(), events=(), output=output), Player([1, 2, 3], place=2))
    assert "▌Thread-1 (work) 0.000 s  start musicstart [bold]log" in picture
    assert "\\x1b[2J" in picture


def test_a_run_that_was_not_recorded_from_inside_shows_its_output_and_says_so() -> None:
    recording = recorded(output=(Piece(SECOND, "measured\n"),))
    picture = drawn(recording, at(recording, 0))
    assert "not recorded from inside" in picture
    assert "1.000 s  measured" in picture
    silent = recorded()
    assert "Nothing of this run was recorded." in drawn(silent, at(silent, 0))


def test_a_player_steps_stops_at_both_ends_and_begins_anew() -> None:
    player = Player([0, 10, 30], playing=False)
    for key, place in [("left", 0), ("right", 1), ("right", 2), ("right", 2), ("home", 0), ("end", 2), ("x", 2)]:
        player.press(key)
        assert (player.place, player.playing) == (place, False)
    player.press("space")
    assert (player.place, player.playing) == (0, True)
    player.press("space")
    player.tick(1000)
    assert player.place == 0


def test_a_player_keeps_the_time_of_the_program_times_its_speed() -> None:
    player = Player([0, SECOND // 4, SECOND // 2], speed=0.5)
    player.tick(0.25)
    assert (player.place, player.now) == (0, SECOND // 8)
    player.tick(0.25)
    assert (player.place, player.now) == (1, SECOND // 4)
    player.tick(1000)
    assert (player.place, player.now, player.playing) == (2, SECOND // 2, False)


def test_keys_are_understood_though_they_arrive_in_pieces() -> None:
    keyboard = Keyboard(None)
    assert keyboard.keys(b"\x1b") == []
    assert keyboard.keys(b"[") == []
    assert keyboard.keys(b"Cq\x1bOD\x1b[1~\x1b[Fx\x1b[Z ") == ["right", "q", "left", "home", "end", "space"]
