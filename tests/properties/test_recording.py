"""A recording comes back from JSON as it was, and so does each byte that a program printed."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from live.reading.inside import _writable
from live.reading.merge import Write
from live.reading.output import with_lanes
from live.recording import Event, Lane, Recording, Thing
from live.running.run import _pieces
from tests.properties.strategies import recordings, times
from tests.properties.texts import names, printed

# As the engine writes them down: no file can hold all that Python has in a name.
WRITTEN = names().map(lambda name: _writable(Thing("lock", name)).name)


@given(recordings(called=WRITTEN))
def test_json_gives_a_recording_back_as_it_was(recording: Recording) -> None:
    data = json.dumps(recording.to_json()).encode("ascii")
    # Compared in ASCII, like all texts with surrogates here: pytest-xdist cannot pass on a difference that has some.
    assert ascii(Recording.from_json(json.loads(data))) == ascii(recording)


@given(recordings(inside=True, called=WRITTEN), WRITTEN, printed(), times(), st.data())
def test_json_of_two_recordings_differs_if_they_do(
    recording: Recording, name: str, text: str, time: int, data: st.DataObject
) -> None:
    changes = (
        {"traces": recording.traces + "x"},
        {"duration": recording.duration + 1 + time},
        {"leftovers": (*recording.leftovers, text)},
        {"lanes": (*recording.lanes, Lane(len(recording.lanes), name, "thread", 0, 0, 1, time, None))},
        {"events": (*recording.events, Event(time, 0, "go", result=data.draw(st.sampled_from((True, False, None)))))},
    )
    changed = replace(recording, **data.draw(st.sampled_from(changes)))
    assert json.dumps(changed.to_json()) != json.dumps(recording.to_json())
    assert ascii(Recording.from_json(json.loads(json.dumps(changed.to_json())))) == ascii(changed)


PARTS = st.lists(
    st.tuples(times(), st.binary(min_size=1, max_size=6) | st.sampled_from(("并", "发\n", "é", "🧵")).map(str.encode)),
    max_size=8,
)


@given(PARTS, st.lists(st.tuples(st.binary(max_size=4), st.integers(0, 2)), max_size=8))
def test_no_byte_is_lost_or_moved_whoever_says_to_have_written_it(
    parts: list[tuple[int, bytes]], others: list[tuple[bytes, int]]
) -> None:
    output = [(at, data, 0) for at, data in sorted(parts, key=lambda part: part[0])]
    said = [Write(number, number % 2, 7, "", data) for number, (_, data, _) in enumerate(output) if number % 3]
    said += [Write(number, lane, 7, "", data) for number, (data, lane) in enumerate(others)]
    found = with_lanes(output, sorted(said, key=lambda write: write.at), 7)
    assert b"".join(data for _, data, _, _ in found) == b"".join(data for _, data, _ in output)


@given(PARTS)
def test_text_that_was_cut_anywhere_is_still_that_of_the_bytes(parts: list[tuple[int, bytes]]) -> None:
    pieces = _pieces([(at, data, 0, None) for at, data in parts], str)
    whole = b"".join(data for _, data in parts)
    assert ascii("".join(piece.text for piece in pieces)) == ascii(whole.decode("utf-8", "surrogateescape"))


@given(PARTS, PARTS)
@example([(0, "并".encode()[:1])], [(1, "并".encode()[1:])])
def test_no_character_is_made_of_what_stood_before_and_behind_a_gap(
    before: list[tuple[int, bytes]], behind: list[tuple[int, bytes]]
) -> None:
    raw = [(at, data, 9 if number == len(before) else 0, None) for number, (at, data) in enumerate([*before, *behind])]
    pieces = _pieces(raw, str)
    gap = next((number for number, piece in enumerate(pieces) if piece.dropped), len(pieces))
    for part, expected in ((pieces[:gap], before), (pieces[gap:], behind)):
        text = b"".join(data for _, data in expected).decode("utf-8", "surrogateescape")
        assert ascii("".join(piece.text for piece in part)) == ascii(text)
