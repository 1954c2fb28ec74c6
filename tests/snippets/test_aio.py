"""What the page on asyncio promises about its programs."""

import asyncio
import json
import logging
import re
import socket
import threading

import pytest

from snippets.aio import (
    blocking_calls,
    call_await_task,
    cancellation,
    deadlines,
    echo,
    from_a_thread,
    keep_a_reference,
    look_inside,
    one_fails,
    two_at_a_time,
)
from tests.conftest import ROOT, imported

PATIENCE = 10  # seconds; only so that a broken program ends


def test_a_call_runs_nothing_await_runs_it_here_and_tasks_run_beside(capsys) -> None:
    call_await_task.main()
    *forced, one, other, last = capsys.readouterr().out.splitlines()
    assert forced == [
        "main: has a coroutine, nothing has run",
        "called: begins",
        "called: ends",
        "main: goes on after the await",
        "main: has two tasks, neither has begun",
        "first task: begins",
        "second task: begins",
    ]
    assert {one, other} == {"first task: ends", "second task: ends"}
    assert last == "main: results ['first task', 'second task']"


def test_a_task_that_nobody_keeps_is_collected_and_a_kept_one_is_not(capsys) -> None:
    keep_a_reference.main()
    assert capsys.readouterr().out.splitlines() == [
        "tasks: 3, the main task among them",
        "event loop: Task was destroyed but it is pending!",
        "tasks after a collection: 2, lost: True",
        "still kept after the end: 0",
    ]


def test_the_task_on_the_page_was_collected_too(recording) -> None:
    ran = recording("aio/keep_a_reference")
    assert ran.exit_code == 0
    assert ran.lines[2].endswith("lost: True")


def test_gather_lets_the_sibling_finish_and_shows_one_error(capsys) -> None:
    asyncio.run(one_fails.with_gather())
    assert capsys.readouterr().out.splitlines() == [
        "gather: ValueError('first'), the sibling is still running: True",
        "gather: the sibling has finished",
    ]


def test_a_task_group_cancels_the_sibling_and_raises_both_errors(capsys) -> None:
    asyncio.run(one_fails.with_group())
    assert capsys.readouterr().out.splitlines() == [
        "TaskGroup: the sibling was cancelled",
        "TaskGroup: except* ValueError got (ValueError('first'),)",
        "TaskGroup: except* KeyError got (KeyError('second'),)",
    ]


def test_two_deadlines_cancel_and_the_third_only_stops_waiting(capsys) -> None:
    deadlines.main()
    assert capsys.readouterr().out.splitlines() == [
        "timeout(): what was inside was cancelled",
        "timeout(): TimeoutError, expired: True",
        "wait_for(): what was inside was cancelled",
        "wait_for(): TimeoutError",
        "wait(): done 0, pending 1, nothing raised",
        "wait(): what was inside was cancelled",
    ]


def test_cancelling_is_a_request_that_runs_finally_can_be_swallowed_and_kept_off_by_a_shield(capsys) -> None:
    cancellation.main()
    assert capsys.readouterr().out.splitlines() == [
        "main: asked tidy to stop, done: False",
        "tidy: finally has run",
        "main: tidy cancelled: True",
        "main: asked stubborn to stop, done: False",
        "stubborn: swallows CancelledError",
        "main: stubborn cancelled: False",
        "main: outside cancelled: True, inside: saved",
    ]


@pytest.mark.parametrize(
    ("way", "free"),
    [(blocking_calls.directly, False), (blocking_calls.to_thread, True), (blocking_calls.run_in_executor, True)],
)
def test_another_task_can_ring_only_while_a_thread_blocks(way, free, monkeypatch) -> None:
    # However long a busy machine takes, a free event loop rings in time, and one that is not free never does.
    monkeypatch.setattr(blocking_calls, "block", lambda bell: bell.wait(PATIENCE if free else 0.01))

    async def heard() -> bool:
        bell = threading.Event()
        answer, _ = await asyncio.gather(way(bell), blocking_calls.ring(bell))
        return answer

    assert asyncio.run(heard()) is free


def test_debug_mode_names_the_task_that_blocked_the_event_loop(recording) -> None:
    ran = recording("aio/blocking_calls")
    assert ran.exit_code == 0
    warnings = [line for line in ran.lines if line.startswith("asyncio WARNING: Executing <Task ")]
    assert len([line for line in warnings if "coro=<directly() done, defined at " in line]) == 1
    seconds = re.search(r"took ([0-9.]+) seconds$", warnings[0])
    assert seconds
    assert float(seconds[1]) >= 0.8
    assert [line for line in ran.lines if line not in warnings] == [
        "directly: another task could ring meanwhile: False",
        "to_thread: another task could ring meanwhile: True",
        "run_in_executor: another task could ring meanwhile: True",
    ]


def test_without_debug_mode_nobody_warns(caplog, monkeypatch) -> None:
    run = asyncio.run
    monkeypatch.setattr(asyncio, "run", lambda coroutine, debug: run(coroutine, debug=False))
    with caplog.at_level(logging.WARNING):
        blocking_calls.main()
    assert caplog.messages == []


def at_work(lines: list[str]) -> list[int]:
    """How many were at work as each of the jobs began, after which all four have been done once."""
    begun = [re.fullmatch(r"(\w) begins, at work: (\d)", line).groups() for line in lines]
    assert sorted(job for job, _ in begun) == list("abcd")
    return [int(number) for _, number in begun]


def test_a_full_queue_holds_its_producer_back_and_two_workers_do_two_at_a_time(capsys) -> None:
    asyncio.run(two_at_a_time.with_queue("abcd", set()))
    first, *begun = capsys.readouterr().out.splitlines()
    assert first == "no worker yet: 2 in the queue, all put: False"
    assert max(at_work(begun)) == 2


def test_a_semaphore_lets_two_in_at_a_time(capsys) -> None:
    asyncio.run(two_at_a_time.with_semaphore("abcd", set()))
    assert max(at_work(capsys.readouterr().out.splitlines())) == 2


def test_both_clients_get_whole_lines_and_then_the_end(capsys) -> None:
    echo.main()
    lines = capsys.readouterr().out.splitlines()
    for name in ("ann", "bob"):
        assert [line for line in lines if line.startswith(name)] == [
            rf"{name} gets b'HELLO\n'",
            rf"{name} gets b'BYE\n'",
            f"{name} gets b''",
        ]
    assert lines.count("server: no more lines from this client") == 2
    assert lines[-1] == "main: the server still serves: False"


def test_another_thread_gets_its_answer_and_only_debug_mode_finds_the_wrong_call(capsys) -> None:
    from_a_thread.main()
    *lines, error = capsys.readouterr().out.splitlines()
    assert lines == [
        "debug mode: False",
        "thread: run_coroutine_threadsafe() gave 42",
        "thread: call_soon() went unnoticed",
        "debug mode: True",
        "thread: run_coroutine_threadsafe() gave 42",
    ]
    assert error.startswith("thread: call_soon() raised RuntimeError('Non-thread-safe operation")


def shows_who_waits(text: str) -> bool:
    """Whether the call graph, the table and the tree all say that a task waits for `tea`."""
    graph, table, tree = re.split(r"python -m asyncio (?:ps|pstree) PID:\n", text)
    return (
        bool(re.search(r"Task\(name='tea'.*Awaited by:.*in async serve\(\)", graph, re.DOTALL))
        and [line.split()[2] for line in table.splitlines()[1:] if line.strip()] == ["Task-1", "tea", "coffee"]
        and all(f"(T) {name}\n" in tree for name in ("Task-1", "tea", "coffee"))
        and tree.index("serve snippets/aio/look_inside.py") < min(tree.index("(T) tea"), tree.index("(T) coffee"))
    )


def test_the_tools_of_python_3_14_show_which_task_waits_for_which(recording) -> None:
    ran = recording("aio/look_inside")
    assert ran.exit_code == 0
    if "insufficient permissions" in ran.text:
        pytest.skip("this system does not let a process look into its children")
    assert shows_who_waits(ran.text)


def test_the_recording_in_the_repository_shows_it_where_there_is_no_python_3_14() -> None:
    kept = json.loads((ROOT / look_inside.__file__).with_suffix(".recording.json").read_text(encoding="ascii"))
    assert kept["interpreter"]["version"].startswith("3.14.")
    assert shows_who_waits("".join(piece["text"] for piece in kept["output"]))


def test_three_ways_give_the_same_three_answers(recording) -> None:
    ran = recording("aio/three_ways")
    assert ran.exit_code == 0
    answers = str(["hello ann", "hello bob", "hello eve"])
    assert ran.lines == [f"threads:   {answers}", f"greenlets: {answers}", f"tasks:     {answers}"]


def test_the_server_of_the_three_ways_answers_nobody_before_all_three_are_there() -> None:
    three_ways = imported("aio/three_ways")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=three_ways.serve, args=(listener,), daemon=True)
        server.start()
        clients = [socket.create_connection(listener.getsockname(), PATIENCE) for _ in range(2)]
        for client in clients:
            client.sendall(b"you")
        clients[0].settimeout(0.1)
        with pytest.raises(TimeoutError):
            clients[0].recv(99)
        clients[0].settimeout(PATIENCE)
        clients.append(socket.create_connection(listener.getsockname(), PATIENCE))
        clients[2].sendall(b"you")
        assert [client.recv(99) for client in clients] == [b"hello you"] * 3
        for _ in range(2):  # it serves twice more, and must not wait on a socket that is closed
            others = [socket.create_connection(listener.getsockname(), PATIENCE) for _ in range(3)]
            for other in others:
                other.sendall(b"you")
            clients += others
        server.join(PATIENCE)
        assert not server.is_alive()
        for client in clients:
            client.close()
