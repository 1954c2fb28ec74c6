"""What the page on today's GIL promises about its programs."""

import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from pathlib import Path

import pytest

from snippets.gil import back_on, c_code, convoy, run_lengths, scaling, scaling_both_ways, still_whole
from tests.conftest import ROOT, imported

PATIENCE = 10  # seconds; only so that a broken program ends


def has_the_gil() -> bool:
    return getattr(sys, "_is_gil_enabled", lambda: True)()


needs_the_gil = pytest.mark.skipif(not has_the_gil(), reason="this build runs without the GIL")


@pytest.fixture(autouse=True)
def switch_interval_restored() -> Iterator[None]:
    usual = sys.getswitchinterval()
    yield
    sys.setswitchinterval(usual)


def kept(name: str) -> list[str]:
    """Lines of the recording in the repository, which a page shows where the interpreter is missing."""
    file = ROOT / f"snippets/gil/{name}.recording.json"
    return "".join(piece["text"] for piece in json.loads(file.read_text(encoding="ascii"))["output"]).splitlines()


def shown(name: str, recording: Callable[..., object]) -> list[str]:
    ran = recording(f"gil/{name}")
    assert ran.exit_code == 0
    return ran.lines


@needs_the_gil
def test_with_a_long_interval_one_thread_finishes_before_it_is_the_others_turn() -> None:
    order = run_lengths.who_ran_when(1000)
    assert run_lengths.run_lengths(order) == [run_lengths.ROUNDS] * 2
    assert set(order) == {"A", "B"}


def test_with_a_short_interval_they_take_turns() -> None:
    assert any(len(run_lengths.run_lengths(run_lengths.who_ran_when(0.0001))) > 2 for _ in range(50))


def test_runs_are_counted_and_the_interval_is_as_it_was() -> None:
    assert run_lengths.run_lengths("AABBBA") == [2, 3, 1]
    before = sys.getswitchinterval()
    run_lengths.who_ran_when(0.02)
    assert sys.getswitchinterval() == before


@needs_the_gil
def test_the_page_shows_two_runs_for_the_longest_interval(recording) -> None:
    first, order, *_ = shown("run_lengths", recording)
    assert first == "interval 5000 ms: 2 runs, the longest of 40 rounds"
    assert order in ("A" * 40 + "B" * 40, "B" * 40 + "A" * 40)


def test_another_thread_is_there_from_the_first_question_to_the_last_answer() -> None:
    seen: list[tuple[str, bool, float]] = []

    class Noting:
        def note(self, what: str) -> None:
            others = set(threading.enumerate()) - before
            seen.append((what, len(others) == 1, sys.getswitchinterval()))

        def send(self, number: int) -> None:
            self.note(f"send {number}")

        def recv(self) -> None:
            self.note("recv")

    before = set(threading.enumerate())
    assert convoy.ask_beside_a_busy_thread(Noting(), 0.001) > 0
    asked = [word for number in range(10) for word in (f"send {number}", "recv")]
    assert [what for what, _, _ in seen] == asked
    assert all(beside and interval == pytest.approx(0.001) for _, beside, interval in seen)


def test_the_busy_thread_does_not_block_and_ends_when_it_is_told() -> None:
    class Noting:
        looks = 0

        def is_set(self) -> bool:
            self.looks += 1
            return self.looks == 1000

    stop = Noting()
    convoy.spin(stop)
    assert stop.looks == 1000


def test_the_other_process_answers_each_question_until_there_are_no_more() -> None:
    here, there = Pipe()
    answering = threading.Thread(target=convoy.answer, args=(there,), daemon=True)
    answering.start()
    for question in (7, 8):
        here.send(question)
        assert here.poll(PATIENCE) and here.recv() == question
    here.send(None)
    answering.join(PATIENCE)
    assert not answering.is_alive()


def test_the_program_about_the_convoy_measures_four_times(recording) -> None:
    lines = shown("convoy", recording)
    assert [re.sub(r"\d+ ms$", "N ms", line) for line in lines] == [
        "alone: N ms",
        *(f"beside a busy thread, interval {interval} ms: N ms" for interval in (1, 5, 20)),
    ]


def test_another_thread_gets_on_while_the_computation_lets_go() -> None:
    def lets_go_until_the_other_has_ended() -> None:
        for thread in set(threading.enumerate()) - before:
            thread.join()

    before = set(threading.enumerate())
    assert c_code.what_happens_during(lets_go_until_the_other_has_ended) == ["begin", "other", "end"]


def test_the_computations_are_what_they_are_called() -> None:
    for name, compute in c_code.COMPUTATIONS.items():
        said, computed = eval(name, dict(vars(c_code))), compute()
        assert (said.digest() == computed.digest()) if hasattr(said, "digest") else said == computed


@pytest.mark.parametrize("name", ["hashlib.sha256(DATA)", "zlib.compress(DATA)"])
def test_big_blocks_are_worked_on_without_the_gil(name: str) -> None:
    sys.setswitchinterval(1000)
    compute = c_code.COMPUTATIONS[name]
    assert any(c_code.what_happens_during(compute) == ["begin", "other", "end"] for _ in range(50))


@needs_the_gil
@pytest.mark.parametrize("name", ["sum(range(5_000_000))", "3 ** 1_000_000"])
def test_a_sum_and_a_power_keep_the_gil(name: str) -> None:
    sys.setswitchinterval(1000)
    assert c_code.what_happens_during(c_code.COMPUTATIONS[name]) == ["begin", "end", "other"]


@needs_the_gil
def test_the_page_shows_who_keeps_the_gil(recording) -> None:
    lines = shown("c_code", recording)
    assert len(lines) == 4
    assert [line.split()[-3:] for line in lines[2:]] == [["begin", "end", "other"]] * 2


OWN_STATE = [
    "main: interpreter 0",
    "worker: same process True, interpreter 1",
    "worker: json has the mark False",
    "main: got back ['main', 'worker'], still has ['main']",
    "main: NotShareableError",
    "main: 1 interpreter left",
]


def test_interpreters_share_a_process_but_no_modules_and_queues_carry_copies(recording) -> None:
    assert shown("own_state", recording) == OWN_STATE


OWN_GIL = [
    "same interpreter, greeted while spinning: False",
    "another interpreter, greeted while spinning: True",
]


def test_only_a_thread_with_another_gil_is_greeted_while_it_spins() -> None:
    pytest.importorskip("concurrent.interpreters")
    own_gil = imported("gil/own_gil")
    sys.setswitchinterval(1000)
    assert own_gil.is_seen_while_spinning(own_gil.start_thread) is not has_the_gil()
    assert any(own_gil.is_seen_while_spinning(own_gil.start_interpreter) for _ in range(5))


def test_the_page_shows_that_only_a_thread_with_another_gil_is_greeted(recording) -> None:
    ran = recording("gil/own_gil")
    first, second = shown("own_gil", recording)
    assert second == OWN_GIL[1]
    assert first == OWN_GIL[0] or ran.interpreter.free_threaded


def test_the_kept_recordings_show_what_the_page_says_of_interpreters() -> None:
    assert kept("own_state") == OWN_STATE
    assert kept("own_gil") == OWN_GIL


def switches_the_gil(lines: list[str]) -> bool:
    """Whether the seven answers are those of a free-threaded build."""
    states = [line for line in lines if line.startswith("GIL ")]
    return (
        lines[0] == "built to do without the GIL: 1"
        and "free-threading build" in lines[2]
        and states == ["GIL off", "GIL on", "GIL on", "GIL on", "GIL off"]
        and sum("RuntimeWarning: The global interpreter lock (GIL) has been enabled" in line for line in lines) == 1
    )


def test_a_free_threaded_build_says_so_and_an_old_module_switches_its_gil_on(recording) -> None:
    assert switches_the_gil(shown("back_on", recording))


def test_the_kept_recording_shows_the_gil_switched_on() -> None:
    assert switches_the_gil(kept("back_on"))


def test_the_old_module_declares_nothing_about_the_gil() -> None:
    assert "PyModule_Create" in back_on.OLD_MODULE
    assert "GIL" not in back_on.OLD_MODULE and "gil" not in back_on.OLD_MODULE


def test_append_and_a_lock_lose_nothing(monkeypatch) -> None:
    monkeypatch.setattr(still_whole, "TIMES", 2_000)
    assert len(still_whole.by_two_threads(still_whole.append).items) == 4_000
    assert still_whole.by_two_threads(still_whole.add_with_lock).n == 4_000


def test_the_lock_is_taken_for_each_addition(monkeypatch) -> None:
    class Noting:
        taken = held = 0

        def __enter__(self) -> None:
            Noting.taken += 1
            Noting.held += 1

        def __exit__(self, *_: object) -> None:
            Noting.held -= 1

    class Checking(still_whole.Shared):
        def __setattr__(self, name: str, value: object) -> None:
            assert not (name == "n" and value) or Noting.held == 1
            super().__setattr__(name, value)

    monkeypatch.setattr(still_whole, "LOCK", Noting())
    shared = Checking()
    still_whole.add_with_lock(shared)
    assert (shared.n, Noting.taken, Noting.held) == (1, 1, 0)


def loses_without_a_lock_alone(lines: list[str]) -> bool:
    state, plain, appended, locked = lines
    lost = int(plain.partition(": ")[2]) < 200_000
    return state.startswith("GIL off") and lost and appended.endswith(": 200000") and locked.endswith(": 200000")


def test_without_the_gil_a_plain_addition_loses_updates(recording) -> None:
    assert loses_without_a_lock_alone(shown("still_whole", recording))


def test_the_kept_recording_shows_lost_updates() -> None:
    assert loses_without_a_lock_alone(kept("still_whole"))


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_so_many_threads_share_out_four_parts(monkeypatch, threads: int) -> None:
    meeting = threading.Barrier(threads)
    met: list[int] = []

    def part() -> None:
        meeting.wait(PATIENCE)
        met.append(threading.get_ident())

    monkeypatch.setattr(scaling, "part_of_the_work", part)
    scaling.seconds(threads)
    assert len(met) == 4
    assert len(set(met)) == threads


def measured(lines: list[str]) -> dict[str, dict[int, float]]:
    """State of the GIL → number of threads → how many times as fast as one thread."""
    found: dict[str, dict[int, float]] = {}
    for line in lines:
        if state := re.fullmatch(r"(GIL \w+), \d+ cores", line):
            latest = found.setdefault(state[1], {})
        else:
            said = re.fullmatch(r"threads (\d): +\d+ ms, (\d+\.\d\d) times as fast as one", line)
            latest[int(said[1])] = float(said[2])
    return found


def test_the_measurement_is_of_one_two_and_four_threads(recording) -> None:
    (found,) = measured(shown("scaling", recording)).values()
    assert list(found) == [1, 2, 4]
    assert found[1] == 1


def test_the_same_file_runs_with_the_gil_on_and_off(monkeypatch) -> None:
    started: list[list[object]] = []
    monkeypatch.setattr(scaling_both_ways.subprocess, "run", lambda command, **_: started.append(command))
    scaling_both_ways.main()
    program = Path(scaling.__file__)
    assert started == [[sys.executable, "-X", f"gil={gil}", program] for gil in (1, 0)]


def test_the_kept_measurement_has_both_ways() -> None:
    found = measured(kept("scaling_both_ways"))  # what came out is for readers to compare: no speed is promised
    assert {state: list(ratios) for state, ratios in found.items()} == {"GIL on": [1, 2, 4], "GIL off": [1, 2, 4]}


def test_both_ways_are_measured_where_a_free_threaded_build_is(recording) -> None:
    found = measured(shown("scaling_both_ways", recording))
    assert {state: list(ratios) for state, ratios in found.items()} == {"GIL on": [1, 2, 4], "GIL off": [1, 2, 4]}
