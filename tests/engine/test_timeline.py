"""The timeline: what lies where, who waits for whom, and that it stays small, escaped and readable in each language."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from html.parser import HTMLParser
from itertools import accumulate, pairwise

import pytest

from live.recording import Event, Lane, Piece, Recording, Thing
from live.rendering.replay import replay_data
from live.rendering.timeline import render_timeline
from live.rendering.timeline_labels import WIDE, width, widths
from live.rendering.timeline_scale import Scale, scale
from live.rendering.timeline_table import MOST_STRETCHES
from live.rendering.timeline_words import TIMELINE_WORDS, filled
from live.replay.spans import STATES, spans
from tests.handmade import FILE, MAIN, SECOND, US, WORKER, recorded, turns

MS = 1000 * US
HALF_A_STEP = 0.25
"""Places are drawn in halves of the picture's units."""


class Page(HTMLParser):
    """The figure, as far as a test needs it."""

    def __init__(self, html: str, recording: Recording) -> None:
        super().__init__()
        self.html, self.recording = html, recording
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.names: list[str] = []
        self.lanes: dict[int | None, list[tuple[str, str]]] = {}
        self.texts: list[tuple[float, str, str]] = []
        """Place in percent, class of the group, and text."""
        self.arrows: dict[str, str] = {}
        self.table: list[list[str]] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.legend: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, "tags that are not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        kind = found.get("class") or ""
        self.attributes.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "path":
            group = next((at for name, at in reversed(self.open) if name == "g"), {})
            if "live-lane" in (group.get("class") or "").split() or group.get("class") == "live-rest":
                number = int(group["data-lane"]) if group.get("data-lane") else None  # type: ignore[arg-type]
                self.lanes.setdefault(number, []).append((kind, found["d"] or ""))
            elif "live-arrow" in kind and "figcaption" not in [name for name, _ in self.open]:
                self.arrows[kind.rpartition("-")[2]] = found["d"] or ""
        if tag == "tr":
            self.table.append([])
        self.open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        if not data.strip() or not tags:
            return
        if tags[-1] == "text":
            place = float((self.open[-1][1]["x"] or "").removesuffix("%"))
            self.texts.append((place, self.open[-2][1].get("class") or "", data))
        elif tags[-1] in ("td", "th"):
            self.table[-1].append(data)
        elif "figcaption" in tags:
            self.legend.append(data)
        elif any(found.get("class") == "live-timeline-names" for _, found in self.open):
            self.names.append(data)

    @property
    def scale(self) -> list[list[float]]:
        """Nanoseconds and places, as the player gets them."""
        numbers = replay_data(self.recording, spans(self.recording))["scale"]
        times = accumulate(numbers[::2])
        return [[1000 * time, tenths / 10] for time, tenths in zip(times, numbers[1::2], strict=True)]

    def x(self, at: int) -> float:
        """As the player works it out."""
        return Scale(tuple((int(time), x) for time, x in self.scale), 0, 1).x(at)

    def stretches(self, lane: int, state: str) -> list[tuple[float, float]]:
        """Left and right of the strokes."""
        paths = "".join(path for kind, path in self.lanes[lane] if kind == f"live-{state}")
        return [(float(x), float(right)) for x, right in re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", paths)]

    def says(self, only: str) -> list[str]:
        """The texts on a picture of that width, from left to right."""
        return [text for _, group, text in sorted(self.texts) if group in ("", only)]


def drawn(recording: Recording, language: str = "en") -> Page:
    return Page(render_timeline(recording, language=language, name="replay-1"), recording)


def crowd(count: int) -> Recording:
    """Main starts so many threads, each of which sleeps and ends."""
    lanes = [Lane(0, "main", "process", None, 0, 1, 0, SECOND)]
    events = [Event(1, 0, "line", 0, 1)]
    for number in range(1, count + 1):
        at = number * MS
        lanes.append(Lane(number, f"Thread-{number}", "thread", 0, 0, 1, at, at + 100 * MS))
        events += [
            Event(at - 1, 0, "start", other=number),
            Event(at, number, "begin"),
            Event(at + US, number, "line", 0, 2),
            Event(at + 2 * US, number, "wait", what="sleep"),
            Event(at + 99 * MS, number, "go"),
            Event(at + 100 * MS, number, "end"),
        ]
    events.append(Event(SECOND, 0, "end"))
    events.sort(key=lambda event: event.at)
    return recorded(lanes=tuple(lanes), files=(FILE,), events=tuple(events))


def test_a_program_that_was_not_recorded_has_no_timeline() -> None:
    assert render_timeline(recorded(), language="en", name="x") == ""


def test_a_lane_of_which_nothing_else_is_known_is_shown() -> None:
    page = drawn(recorded(lanes=(Lane(0, "main", "process", None, 0, 1, 5, None),)))
    assert page.names == ["main"]
    assert 0 in page.lanes or "data-lane" in page.html


def test_each_state_lies_where_it_was() -> None:
    page = drawn(turns())
    (waits,) = page.stretches(WORKER, "waits")
    assert waits == pytest.approx((page.x(60 * US), page.x(3 * SECOND + 40 * US)), abs=HALF_A_STEP)
    (sleeps,) = page.stretches(MAIN, "sleeps")
    assert sleeps == pytest.approx((page.x(80 * US), page.x(3 * SECOND)), abs=HALF_A_STEP)
    (joins,) = page.stretches(MAIN, "waits")
    assert joins == pytest.approx((page.x(3 * SECOND + 30 * US), page.x(3 * SECOND + 210 * US)), abs=HALF_A_STEP)
    assert not page.stretches(WORKER, "sleeps")


def test_states_are_told_apart_by_their_class_and_not_only_by_colour() -> None:
    kinds = {kind for kind, _ in drawn(turns()).lanes[MAIN]}
    assert {"live-runs", "live-sleeps", "live-waits"} <= kinds
    assert all(f"live-{state}" not in kinds for state in ("parked", "hot"))


def test_a_wait_names_the_holder_of_the_lock() -> None:
    assert "waits for main (lock)" in drawn(turns()).says(WIDE)
    assert "等 main 的 lock" in drawn(turns(), "zh").says(WIDE)


def test_a_wait_names_one_holder_after_the_other() -> None:
    lanes = tuple(Lane(n, f"Thread-{n}", "thread" if n else "process", None, 0, 1, 0, 3 * SECOND) for n in range(3))
    events = [Event(n, n, "line", 0, 1) for n in range(3)]
    events += [Event(10, 0, "acquire", thing=0, depth=1), Event(20, 2, "wait", what="lock", thing=0)]
    events += [Event(30, 0, "wait", what="sleep"), Event(31, 1, "wait", what="lock", thing=0)]
    events += [Event(SECOND, 0, "go"), Event(SECOND + 10, 0, "release", thing=0, depth=0)]
    events += [Event(SECOND + 15, 1, "go"), Event(SECOND + 20, 1, "acquire", thing=0, depth=1)]
    events += [Event(SECOND + 30, 1, "wait", what="sleep"), Event(2 * SECOND, 1, "go")]
    events += [Event(2 * SECOND + 10, 1, "release", thing=0, depth=0), Event(2 * SECOND + 20, 2, "go")]
    events += [
        Event(2 * SECOND + 30, 2, "acquire", thing=0, depth=1),
        Event(3 * SECOND, 2, "release", thing=0, depth=0),
    ]
    events += [Event(3 * SECOND, n, "end") for n in range(3)]
    page = drawn(recorded(lanes=lanes, things=(Thing("lock", "pen"),), files=(FILE,), events=tuple(events)))
    said = page.says(WIDE)
    assert said.index("waits for Thread-0 (pen)") < said.index("Thread-1")
    (row,) = [row for row in page.table if row[0] == "Thread-2" and "waits" in row[3]]
    assert row[3] == "waits for pen, held by Thread-0, Thread-1"
    assert "Longest wait: Thread-2 waits 2 s for pen, held by Thread-0, Thread-1." in page.html


def test_a_thread_that_waits_for_itself_is_said_to() -> None:
    lanes = (Lane(0, "main", "process", None, 0, 1, 0, SECOND),)
    events = (
        Event(1, 0, "line", 0, 1),
        Event(10 * US, 0, "acquire", thing=0, depth=1),
        Event(20 * US, 0, "wait", what="lock", thing=0),
        Event(SECOND - 20 * US, 0, "go", result=False),
        Event(SECOND, 0, "end"),
    )
    recording = recorded(lanes=lanes, things=(Thing("lock", "lock"),), files=(FILE,), events=events)
    assert "waits for itself (lock)" in drawn(recording).says(WIDE)
    assert "等自己的 lock" in drawn(recording, "zh").says(WIDE)


def test_a_lock_is_boxed_where_it_is_held_and_named() -> None:
    page = drawn(turns())
    ((_, box),) = [part for part in page.lanes[MAIN] if part[0] == "live-held"]
    left, right = re.match(r"M([\d.]+) [\d.]+H([\d.]+)", box).groups()  # type: ignore[union-attr]
    assert float(left) == pytest.approx(page.x(20 * US + 1), abs=HALF_A_STEP)
    assert float(right) == pytest.approx(page.x(3 * SECOND + 10 * US), abs=HALF_A_STEP)
    assert "holds lock" in page.says(WIDE)


def test_the_depth_of_an_rlock_shows() -> None:
    events = (
        Event(1, 0, "line", 0, 1),
        Event(100 * MS, 0, "acquire", thing=0, depth=1),
        Event(300 * MS, 0, "acquire", thing=0, depth=2),
        Event(600 * MS, 0, "release", thing=0, depth=1),
        Event(800 * MS, 0, "release", thing=0, depth=0),
        Event(SECOND, 0, "end"),
    )
    lanes = (Lane(0, "main", "process", None, 0, 1, 0, SECOND),)
    page = drawn(recorded(lanes=lanes, things=(Thing("rlock", "rlock"),), files=(FILE,), events=events))
    assert [kind for kind, _ in page.lanes[0]][:2] == ["live-held", "live-deeper"]
    assert "2" in page.says(WIDE)
    assert "holds it twice" in page.legend


def test_a_lock_that_is_handed_over_and_a_thread_that_is_started_have_arrows() -> None:
    page = drawn(turns())
    (x,) = re.findall(r"M([\d.]+) ", page.arrows["lock"])
    assert float(x) == pytest.approx(page.x(3 * SECOND + 10 * US), abs=HALF_A_STEP)
    starts = [float(x) for x in re.findall(r"M([\d.]+) ", page.arrows["start"])]
    begun, ended = page.x(35 * US), page.x(3 * SECOND + 201 * US)
    assert sorted(starts) == pytest.approx([begun, ended], abs=HALF_A_STEP)


def test_a_lane_that_was_cut_off_shows_that_it_was() -> None:
    recording = turns()
    whole = drawn(recording)
    assert "cut off" not in whole.legend
    assert "live-cut" not in whole.html
    lanes = (recording.lanes[0], replace(recording.lanes[1], end=None))
    events = tuple(event for event in recording.events if event.lane == 0 or event.at < SECOND)
    cut = drawn(replace(recording, lanes=lanes, events=events))
    assert "cut off" in cut.legend
    (sign,) = [at for tag, at in cut.attributes if tag == "svg" and at.get("class") == "live-cut"]
    assert float((sign["x"] or "").removesuffix("%")) == pytest.approx(
        cut.x(3 * SECOND + 300 * US) / 10, abs=HALF_A_STEP
    )
    assert cut.table[-1][2].endswith("cut off")


def test_prints_are_marked_on_the_lane_that_printed() -> None:
    page = drawn(turns())
    for lane, at in ((WORKER, 3 * SECOND + 100 * US), (MAIN, 3 * SECOND + 250 * US)):
        ((_, path),) = [part for part in page.lanes[lane] if part[0] == "live-prints"]
        (x,) = re.findall(r"M([\d.]+) ", path)
        assert float(x) == pytest.approx(page.x(at), abs=HALF_A_STEP)


def test_the_scale_never_goes_back_and_covers_everything() -> None:
    for recording in (turns(), crowd(3), crowd(40)):
        points = drawn(recording).scale
        assert all(before[0] <= after[0] and before[1] < after[1] for before, after in pairwise(points))
        times = [event.at for event in recording.events] + [piece.at for piece in recording.output]
        assert points[0][0] <= min(times)
        assert points[-1][0] >= max(*times, recording.duration)
        assert (points[0][1], points[-1][1]) == (0, 1000)


def test_an_idle_stretch_is_shortened_and_its_duration_said() -> None:
    recording = turns()
    page = drawn(recording)
    idle = page.x(3 * SECOND) - page.x(80 * US)
    assert idle < 800, "3 s without an event leave room for the 0.4 ms with all events"
    assert "3 s" in page.says(WIDE)
    assert "time shortened" in page.legend
    (gap,) = scale(recording, [span.end for span in spans(recording)]).breaks
    assert (gap.start, gap.end) == (80 * US, 3 * SECOND)
    assert "3 秒" in drawn(recording, "zh").says(WIDE)


def test_even_time_is_not_shortened() -> None:
    events = [Event(n * MS, 0, "line", 0, 1 + n % 2) for n in range(100)]
    recording = recorded(
        lanes=(Lane(0, "main", "process", None, 0, 1, 0, 99 * MS),), files=(FILE,), events=tuple(events)
    )
    page = drawn(recording)
    assert "time shortened" not in page.legend
    assert page.x(25 * MS) - page.x(0) == pytest.approx(page.x(75 * MS) - page.x(50 * MS), rel=0.02)


def test_the_interpreters_start_is_cropped() -> None:
    events = (Event(20 * MS, 0, "begin"), Event(22 * MS, 0, "line", 0, 1), Event(23 * MS, 0, "end"))
    page = drawn(
        recorded(lanes=(Lane(0, "main", "process", None, 0, 1, 20 * MS, 23 * MS),), files=(FILE,), events=events)
    )
    (runs,) = page.stretches(0, "runs")
    assert runs[0] == page.x(22 * MS) < 10


def test_lanes_are_drawn_in_the_recordings_order_and_grouped_by_process() -> None:
    lanes = (
        Lane(0, "main", "process", None, 0, 1, 0, SECOND),
        Lane(1, "Process-1", "process", 0, 1, 2, 0, SECOND),
        Lane(2, "Thread-1", "thread", 0, 0, 1, 0, SECOND),
    )
    events = tuple(Event(n, n, "line", 0, 1) for n in range(3))
    page = drawn(recorded(lanes=lanes, files=(FILE,), events=events))
    assert [at["data-lane"] for _, at in page.attributes if "data-lane" in at] == ["0", "1", "2"]
    assert page.names == ["main", "Thread-1", "Process-1"]
    assert 'class="live-lane live-lane-color-2" data-lane="2"' in page.html


@pytest.mark.parametrize("language", TIMELINE_WORDS)
def test_what_the_program_names_is_escaped(language: str) -> None:
    bad = '<b>&"'
    recording = turns()
    lanes = tuple(replace(lane, name=bad + str(lane.number)) for lane in recording.lanes)
    things = (Thing("lock", "<script>'"),)
    recording = replace(recording, lanes=lanes, things=things, snippet='snippets/a/"><i>.py')
    page = drawn(recording, language)
    assert not {tag for tag, _ in page.attributes} & {"b", "i", "script"}
    assert {bad + "0", bad + "1"} <= set(page.names)
    assert any("<script>'" in text for text in page.says(WIDE))


def test_what_nobody_could_see_or_encode_is_made_visible() -> None:
    recording = turns()
    lanes = (recording.lanes[0], replace(recording.lanes[1], name="a\x07\udcff"))
    page = drawn(replace(recording, lanes=lanes))
    assert page.html.encode()
    assert r"a\x07\xff" in page.names


def test_many_lanes_are_bounded_and_the_rest_is_said() -> None:
    page = drawn(crowd(300))
    assert [number for number in page.lanes if number is not None] == list(range(13))
    assert "+288 more" in page.names
    assert "The picture shows 13 of 301 lanes one by one, and the other 288 merged in the last row." in page.legend
    assert None in page.lanes
    assert len(page.html.encode()) < 60_000


def test_as_many_lanes_as_there_is_room_for_are_all_shown() -> None:
    assert list(drawn(crowd(13)).lanes) == list(range(14))


def test_a_hundred_thousand_lines_are_few_strokes() -> None:
    events = [Event(n * US, 0, "line", 0, 1 + n % 7) for n in range(100_000)]
    recording = recorded(
        lanes=(Lane(0, "main", "process", None, 0, 1, 0, SECOND),), files=(FILE,), events=tuple(events)
    )
    assert len(drawn(recording).html.encode()) < 10_000


def test_a_thousand_handovers_are_bounded_and_the_rest_is_said() -> None:
    lanes = tuple(Lane(n, f"g{n}", "greenlet" if n else "process", None, 0, 1, 0, SECOND) for n in range(3))
    events = [Event(n, n, "line", 0, 1) for n in range(3)]
    events += [Event(10 + n * MS, n % 2, "switch", other=(n + 1) % 2) for n in range(1000)]
    page = drawn(recorded(lanes=lanes, files=(FILE,), events=tuple(events)))
    assert len(page.html.encode()) < 60_000
    assert any(text.startswith("Arrows left out: ") for text in page.legend)


def test_the_table_says_what_each_lane_did() -> None:
    table = drawn(turns()).table
    assert table[0] == ["Lane", "From", "To", "What it does"]
    assert ["Thread-1", "0.0 s", "3.0 s", "waits for lock, held by main"] in table
    assert ["main", "0.0 s", "3.0 s", "sleeps 3 s; holds lock"] in table


def test_the_table_is_bounded_and_says_so() -> None:
    page = drawn(crowd(300) if MOST_STRETCHES < 20 else _busy())
    assert len(page.table) == 1 + MOST_STRETCHES
    assert f"the {MOST_STRETCHES} longest of " in page.html


def _busy() -> Recording:
    """One lane that sleeps a hundred times."""
    events = [Event(0, 0, "line", 0, 1)]
    for n in range(1, 101):
        events += [Event(n * 10 * MS, 0, "wait", what="sleep"), Event(n * 10 * MS + 5 * MS, 0, "go")]
    lanes = (Lane(0, "main", "process", None, 0, 1, 0, 1010 * MS),)
    return recorded(lanes=lanes, files=(FILE,), events=tuple(events))


def test_the_picture_has_a_title_and_a_description_in_the_pages_language() -> None:
    page = drawn(turns())
    assert "Timeline of turns.py" in page.html
    assert "1 process, 1 thread, 3 s in all. Longest wait: Thread-1 waits 3 s for lock, held by main." in page.html
    chinese = drawn(turns(), "zh").html
    assert "turns.py 的时间线" in chinese
    assert "1 个进程、1 个线程，共 3 秒。等得最久的是 Thread-1：等 lock（持有者：main），等了 3 秒。" in chinese
    (picture,) = [at for tag, at in page.attributes if tag == "svg" and at.get("role") == "img"]
    assert set((picture["aria-labelledby"] or "").split()) <= set(page.ids)


def test_ids_are_unique_and_begin_with_the_name() -> None:
    ids = drawn(turns()).ids
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("replay-1-") for one in ids)


def test_all_languages_have_all_words() -> None:
    english = TIMELINE_WORDS["en"]
    for words in TIMELINE_WORDS.values():
        for field in fields(words):
            here, there = getattr(words, field.name), getattr(english, field.name)
            assert here or field.name == "between"
            if isinstance(there, dict):
                assert here.keys() == there.keys(), field.name
                assert all(here.values()), field.name
        assert words.states.keys() == set(STATES)


def test_an_unknown_language_gets_the_english_words() -> None:
    assert "waits for main (lock)" in drawn(turns(), "fr").says(WIDE)


def test_chinese_and_latin_text_are_set_apart_where_a_name_is_filled_in() -> None:
    assert filled("等{}的{}", "T1", "一把锁") == "等 T1 的一把锁"
    assert filled("({})", "T1") == "(T1)"


def test_output_of_nobody_does_not_count() -> None:
    recording = turns()
    late = replace(recording, output=(*recording.output, Piece(99 * SECOND, "late\n", None)))
    assert drawn(late).scale == drawn(recording).scale


def test_a_phone_gets_short_names_and_everything_else_full_ones() -> None:
    recording = crowd(1)
    lanes = (recording.lanes[0], replace(recording.lanes[1], name="ForkServerProcess-2"))
    names = drawn(replace(recording, lanes=lanes)).names
    assert names == ["main", "ForkServerProcess-2", "FSP2"]


def test_texts_that_have_no_room_are_not_shown() -> None:
    events = [Event(n * MS, 0, "wait" if n % 2 else "go", what="sleep" if n % 2 else None) for n in range(200)]
    events[0] = Event(0, 0, "line", 0, 1)
    lanes = (Lane(0, "main", "process", None, 0, 1, 0, 200 * MS),)
    page = drawn(recorded(lanes=lanes, files=(FILE,), events=tuple(events)))
    assert not [text for text in page.says(WIDE) if "sleeps" in text]


def test_the_player_finds_what_it_relies_on() -> None:
    page = drawn(turns())
    assert page.attributes[0] == ("figure", page.attributes[0][1])
    assert page.attributes[0][1]["class"] == "live-timeline"
    (picture,) = [at for tag, at in page.attributes if at.get("class") == "live-timeline-picture"]
    assert (picture["viewbox"] or "").startswith("0 0 1000 ")
    assert [at["class"] for _, at in page.attributes if "data-lane" in at] == [
        "live-lane live-lane-color-0",
        "live-lane live-lane-color-1",
    ]


def test_hand_overs_too_dense_to_be_seen_are_thinned_out_and_counted() -> None:
    lanes = tuple(Lane(n, f"T{n}", "thread" if n else "process", None, 0, 1, 0, SECOND) for n in range(2))
    events = [Event(n, n, "line", 0, 1) for n in range(2)]
    events += [Event(10, 0, "acquire", thing=0, depth=1)]
    for n in range(1, 501):
        at, holder, other = n * MS, (n + 1) % 2, n % 2
        events += [Event(at, other, "wait", what="lock", thing=0), Event(at + 10, holder, "release", thing=0, depth=0)]
        events += [Event(at + 20, other, "go"), Event(at + 30, other, "acquire", thing=0, depth=1)]
    page = drawn(recorded(lanes=lanes, things=(Thing("lock", "lock"),), files=(FILE,), events=tuple(events)))
    shown = sorted(float(x) for x in re.findall(r"M([\d.]+) ", page.arrows["lock"]))
    assert 10 < len(shown) <= 70
    assert all(after - before >= 7.9 for before, after in pairwise(shown))
    assert f"Arrows left out: {500 - len(shown)}." in page.legend


@pytest.mark.parametrize("language", TIMELINE_WORDS)
def test_no_text_sticks_out_of_the_picture(language: str) -> None:
    sleeps = range(1, 31)
    events = [Event(1, MAIN, "line", 0, 1)]
    for number in sleeps:
        events += [
            Event(number * SECOND - 2 * MS, MAIN, "go"),
            Event(number * SECOND - MS, MAIN, "line", 0, 2),
            Event(number * SECOND, MAIN, "wait", what="sleep"),
        ]
    end = (len(sleeps) + 1) * SECOND
    events.append(Event(end, MAIN, "end"))
    lane = Lane(MAIN, "main", "process", None, MAIN, 1, 0, end)
    page = drawn(recorded(lanes=(lane,), files=(FILE,), events=tuple(events)), language)
    assert any(place > 95 for place, _, _ in page.texts), "there is something to show at the edge"
    known = widths([float(names) for names in re.findall(r"-names: (\d+)px", page.attributes[0][1]["style"] or "")])
    for place, only, text in page.texts:
        for pixels in (known[only],) if only else known.values():
            half = 50 * width(text) / pixels
            assert half - 0.1 <= place <= 100 - half + 0.1, f"{text} on a picture of {pixels} pixels"
