"""What the page on coroutines in processes promises about its programs.

gevent_in_processes and fork_copies_greenlets patch the process that imports them: only their recordings are looked at.
"""

import asyncio
import os
import subprocess
import sys
from urllib import request

import pytest

from snippets.combined import asyncio_in_pool, cpu_in_executor, meeting_server

PATIENCE = 10  # seconds until a server that does not answer or end counts as a failure
ALL_MET = str(["6 requests met"] * 3)


def by_pid(lines: list[str]) -> dict[str, str]:
    """Pid → what the process said; each spoke once."""
    said = dict(line.removeprefix("pid ").split(": ") for line in lines)
    assert len(said) == len(lines)
    return said


@pytest.mark.parametrize("program", ["combined/gevent_in_processes", "combined/asyncio_in_pool"])
def test_six_requests_of_two_processes_are_open_at_once(program, recording) -> None:
    ran = recording(program)
    assert ran.exit_code == 0
    assert not ran.leftovers
    assert list(by_pid(ran.lines).values()) == [ALL_MET, ALL_MET, "the parent"]


def test_the_meeting_server_tells_where_it_is_and_ends_with_its_input(recording) -> None:
    ran = recording("combined/meeting_server")
    assert ran.exit_code == 0
    (site,) = ran.lines
    assert site.rpartition(":")[0] == "http://127.0.0.1"


def test_the_meeting_server_answers_nobody_before_all_are_there() -> None:
    command = [sys.executable, meeting_server.__file__, "2"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        site = server.stdout.readline().strip()
        with pytest.raises(TimeoutError):
            request.urlopen(site, timeout=0.2)
        with request.urlopen(site, timeout=PATIENCE) as answer:
            assert answer.read() == b"2 requests met"
        server.stdin.close()
        assert server.wait(PATIENCE) == 0


def test_each_task_of_the_pool_has_an_event_loop_of_its_own(monkeypatch) -> None:
    loops: list[asyncio.AbstractEventLoop] = []

    async def fetch(port: int) -> str:
        loops.append(asyncio.get_running_loop())
        return f"port {port}"

    monkeypatch.setattr(asyncio_in_pool, "fetch", fetch)
    for port in (1, 2):
        assert asyncio_in_pool.work(port) == f"pid {os.getpid()}: {[f'port {port}'] * 3}"
    assert len(set(map(id, loops))) == 2


def test_other_tasks_have_a_turn_only_while_another_process_computes(recording) -> None:
    ran = recording("combined/cpu_in_executor")
    assert ran.exit_code == 0
    assert ran.lines == [
        "directly: computed in this process, meanwhile had a turn: []",
        "run_in_executor: computed in another process, meanwhile had a turn: ['another task']",
    ]


def test_a_piece_computed_directly_gives_no_turn_to_other_tasks(capsys) -> None:
    asyncio.run(cpu_in_executor.report("directly", cpu_in_executor.directly()))
    assert capsys.readouterr().out.rstrip().endswith("in this process, meanwhile had a turn: []")


def test_fork_copies_a_waiting_greenlet_and_spawn_does_not(recording) -> None:
    ran = recording("combined/fork_copies_greenlets")
    assert ran.exit_code == 0
    assert ran.lines == [
        "fork: one letter, sent by ['child', 'parent']",
        "spawn: one letter, sent by ['parent']",
    ]
