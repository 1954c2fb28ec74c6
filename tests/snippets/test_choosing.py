"""What the page on choosing promises about its programs. None of these tests asks how fast anything is."""

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from live.keeping.committed import committed
from live.snippet import Snippet
from tests.conftest import ROOT

# The programs import each other by name, as they do when one of them is run as a file.
FOLDER = ROOT / "snippets/choosing"
sys.path.insert(0, str(FOLDER))

import measure  # noqa: E402
import memory  # noqa: E402
import one_each  # noqa: E402
import one_thread  # noqa: E402
import pools  # noqa: E402
import report  # noqa: E402
import slow_server  # noqa: E402
import ways  # noqa: E402
import with_interpreters  # noqa: E402
import worker  # noqa: E402
import workloads  # noqa: E402

PATIENCE = 60  # seconds until a wait that should have ended counts as a failure

RIGHT = {
    "python": [600_001, 600_002, 600_003, 600_004],
    "zipped": [400_001, 400_002, 400_003, 400_004],
    "sleep": [1, 2, 3, 4],
    "http": [1, 4, 9, 16],
    "disk": [6, 12, 18, 24],
    "mixed": [300_001, 300_004, 300_009, 300_016],
}


@pytest.mark.parametrize("way", ways.WAYS)
def test_every_way_gives_the_right_results_for_every_kind_of_work(way: str) -> None:
    if lacking := ways.lacks(way):
        pytest.skip(lacking)
    done = [work for work in ways.WORK if not ways.senseless(way, work)]
    with slow_server.running():
        process = measure.worker(way)
        told, _ = process.communicate("\n".join(["start", *done, "hold"]), timeout=PATIENCE)
    answers = [json.loads(line) for line in told.splitlines()]
    assert process.returncode == 0
    assert [answer["results"] for answer in answers] == [[0], *(RIGHT[work] for work in done), [1, 2, 3, 4]]
    assert all(answer["ms"] > 0 for answer in answers)


def test_only_gevent_and_asyncio_leave_out_what_has_nothing_to_wait_for() -> None:
    left_out = {(way, work) for way in ways.WAYS for work in ways.WORK if ways.senseless(way, work)}
    assert left_out == {(way, work) for way in ("gevent", "asyncio") for work in ("python", "zipped", "disk")}
    assert all(hasattr(one_thread, work) for work in ways.WORK if not ways.senseless("asyncio", work))


def test_what_a_machine_lacks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "find_spec", lambda name: None)
    monkeypatch.setattr(ways.sys, "version_info", (3, 13, 9))
    assert {way: ways.lacks(way) for way in ways.WAYS if ways.lacks(way)} == {
        "interpreters": "needs 3.14",
        "gevent": "needs gevent",
    }
    monkeypatch.setattr(ways, "find_spec", lambda name: name)
    monkeypatch.setattr(ways.sys, "version_info", (3, 14, 0))
    assert not any(map(ways.lacks, ways.WAYS))


def test_lines_are_those_of_the_functions_that_run_without_blank_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def blank_lines_between() -> Iterator[None]:

        yield

    before = ways.lines("serial") - ways.lines("threads")
    monkeypatch.setitem(ways.WAYS, "threads", blank_lines_between)
    assert ways.lines("serial") - ways.lines("threads") == 0, "both have three lines, and the same request"
    assert before < 0


@pytest.mark.parametrize("way", [one_each.threads, pools.thread_pool])
def test_threads_work_at_the_same_time_in_one_process(way) -> None:
    barrier = threading.Barrier(4)

    def meet(number: int) -> tuple[int, int]:
        barrier.wait(10)
        return number, os.getpid()

    with way() as run:
        assert run(meet, [1, 2, 3, 4]) == [(number, os.getpid()) for number in (1, 2, 3, 4)]


def test_coroutines_wait_at_the_same_time_in_one_thread() -> None:
    arrived = []

    async def meet(number: int) -> int:
        arrived.append(number)
        async with asyncio.timeout(10):
            while len(arrived) < 3:
                await asyncio.sleep(0)
        return threading.get_ident()

    with one_thread.coroutines() as run:
        assert run(meet, [1, 2, 3]) == [threading.get_ident()] * 3


@pytest.mark.parametrize("way", [one_each.processes, pools.process_pool])
def test_processes_work_outside_of_this_one_and_answer_in_order(way) -> None:
    with way() as run:
        found = run(eval, [f"({number}, __import__('os').getpid())" for number in range(4)])
    assert [number for number, _ in found] == [0, 1, 2, 3]
    assert os.getpid() not in {pid for _, pid in found}


def test_a_pool_is_kept_from_order_to_order_but_a_start_is_fresh(monkeypatch, capsys) -> None:
    entered = []

    @contextmanager
    def counted() -> Iterator:
        entered.append("pool")
        yield lambda work, numbers: [work(number) for number in numbers]

    monkeypatch.setitem(worker.WAYS, "serial", counted)
    worker.obey("serial", ["start\n", "start\n"])
    assert len(entered) == 2
    worker.obey("serial", ["sleep\n", "sleep\n", "sleep\n"])
    assert len(entered) == 3
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_all_combinations_are_gone_through_round_by_round(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(measure, "order", lambda process, work: asked.append((work, process)) or len(asked))
    found = measure.alternating({"serial": "one", "asyncio": "other"}, ["disk", "http"], rounds=2)
    one_round = [("disk", "one"), ("http", "one"), ("http", "other")]
    assert asked == one_round * 2
    assert found == {("serial", "disk"): [1, 4], ("serial", "http"): [2, 5], ("asyncio", "http"): [3, 6]}


def test_no_difference_is_seen_where_the_spreads_overlap_whatever_the_medians_are() -> None:
    measured = {"serial": [10.0, 20.0, 30.0], "a": [1.0, 2.0, 10.0], "b": [1.0, 2.0, 9.9], "c": [30.1, 31.0, 32.0]}
    assert dict(report.verdicts(measured)) == {
        "less": "b",
        "no difference seen": "a",
        "more": "c",
        "least": "serial, a, b",
    }
    assert report.overlap([1, 5], [5, 9]) and report.overlap([2, 3], [1, 9]) and not report.overlap([1, 4], [5, 9])


def test_what_was_not_measured_is_in_the_report_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "lacks", lambda way: "needs gevent" if way == "gevent" else "")
    found = {("serial", work): [10.0, 20.0, 30.0] for work in (*ways.WORK, "start")}
    found |= {("serial", "hold"): [50.0, 51.0, 52.0], ("threads", "hold"): [61.0, 61.0, 61.0]}
    lines = dict(line.split(": ") for line in report.report(found))
    assert lines["serial, http"] == "20.0 (10.0–30.0)"
    assert lines["asyncio, python"] == "skipped"
    assert lines["gevent, python"] == lines["gevent, memory"] == "needs gevent"
    assert lines["threads, memory"] == "10 (10–10)"
    assert lines["serial, memory"] == "0 (-1–1)"
    assert lines["http, less"] == "none"


def test_memory_counts_children_and_grandchildren() -> None:
    use = "data = bytearray(30_000_000); print(flush=True); input()"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {use!r}])"
    alone = memory.megabytes(os.getpid())
    with subprocess.Popen([sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        both, below = memory.most_megabytes(os.getpid(), 0), memory.most_megabytes(child.pid, 0)
        child.communicate(b"\n")
    assert below > 28
    assert both > alone + 20


def test_the_work_gives_the_same_results_each_time(recording) -> None:
    assert recording("choosing/workloads").lines == [f"{work}(3) = {RIGHT[work][2]}" for work in ways.WORK]
    assert workloads.DATA[:4] == workloads.random.Random(1).randbytes(400_000)[:4]


def test_the_groups_of_ways_give_the_same_results(recording) -> None:
    for name in ("one_thread", "one_each", "pools"):
        lines = recording(f"choosing/{name}").lines
        assert len(lines) >= 2
        assert {line.partition(": ")[2] for line in lines} == {"[1, 2, 3]"}


def test_the_other_programs_of_the_page_show_what_they_are_for(recording) -> None:
    assert re.fullmatch(r"127\.0\.0\.1:\d+", recording("choosing/slow_server").lines[0])
    assert [json.loads(line)["results"] for line in recording("choosing/worker").lines] == [[0], [1, 2, 3, 4]]
    assert recording("choosing/memory").lines == ["uses more with a child than alone: True"]
    assert [line.split()[0] for line in recording("choosing/ways").lines] == [way.split()[0] for way in ways.WAYS]
    assert recording("choosing/report").lines[3:] == [
        "less: processes",
        "no difference seen: threads",
        "more: none",
        "least: processes",
    ]


@pytest.mark.parametrize("name", ["measure", "with_interpreters"])
def test_the_measurements_on_the_page_say_something_of_each_way_and_sort_it_once(recording, name: str) -> None:
    lines = dict(line.split(": ") for line in recording(f"choosing/{name}").lines)
    value = re.compile(r"-?[\d.]+ \(-?[\d.]+–-?[\d.]+\)|skipped|needs .+")
    for way in ways.WAYS:
        assert all(value.fullmatch(lines[f"{way}, {what}"]) for what in (*ways.WORK, "start", "memory"))
        assert int(lines[f"{way}, lines"]) > 0
    for work in ways.WORK:
        sorted_in = [lines[f"{work}, {verdict}"].split(", ") for verdict in ("less", "no difference seen", "more")]
        names = sorted(name for part in sorted_in for name in part if name != "none")
        assert names == sorted(way for way in ways.WAYS if way != "serial" and "(" in lines[f"{way}, {work}"])


def test_the_second_measurement_is_the_first_one_on_a_python_that_has_interpreters(recording) -> None:
    assert with_interpreters.main is measure.main
    ran = recording("choosing/with_interpreters")
    assert tuple(map(int, ran.interpreter.version.split(".")[:2])) >= (3, 14)
    assert not any("needs 3.14" in line for line in ran.lines)


def test_all_eight_ways_were_measured_for_the_recording_in_the_repository() -> None:
    lines = committed(Snippet.load(ROOT, "snippets/choosing/with_interpreters.py")).lines
    assert not any("needs" in line for line in lines)
    assert all(any(line.startswith(f"{way}, sleep: ") for line in lines) for way in ways.WAYS)


def test_each_program_is_short() -> None:
    assert all(len(file.read_text(encoding="utf-8").splitlines()) <= 60 for file in Path(FOLDER).glob("*.py"))
