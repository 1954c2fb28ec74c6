"""What the page on coroutines promises about its programs.

fetch_patched, patch_too_late and patch_after_ssl patch the process that imports them: only their recordings are
looked at.
"""

import subprocess
import sys
from urllib import request

from snippets.coroutines import (
    asyncio_blocked,
    asyncio_fetch,
    asyncio_lock,
    generator_blocks,
    generator_scheduler,
    slow_server,
)
from tests.conftest import imported

SIZES = {"itk": 6_000, "github": 40_000, "zhihu": 2_000}
PATIENCE = 10  # seconds until a server that does not answer or end counts as a failure


def steps(lines: list[str]) -> list[str]:
    """What was done with which page, without the addresses: `GET itk`, `6000 itk`."""
    told = [line.removesuffix(".").split() for line in lines if "http://" in line]
    return [f"{words[0].strip(':')} {words[-1].rpartition('/')[2]}" for words in told]


ASKED = [f"GET {name}" for name in SIZES]
ANSWERED = [f"{size} {name}" for name, size in SIZES.items()]
IN_TURN = [step for pair in zip(ASKED, ANSWERED, strict=True) for step in pair]


def test_generators_take_turns_until_each_is_done(capsys) -> None:
    generator_scheduler.main()
    assert capsys.readouterr().out.splitlines() == [
        *("a: 3 left", "b: 1 left", "c: 2 left"),
        *("a: 2 left", "b: done", "c: 1 left"),
        *("a: 1 left", "c: done"),
        "a: done",
    ]


def test_a_blocking_generator_gives_no_turn_to_the_other_and_a_polling_one_does(capsys) -> None:
    generator_blocks.main()
    assert capsys.readouterr().out.splitlines() == [
        "blocking call: the other one had 0 turns",
        "asking again and again: at least one turn: True",
    ]


def test_greenlets_switch_where_they_say_so_and_not_while_they_sleep(recording) -> None:
    ran = recording("coroutines/greenlet_switch")
    assert ran.exit_code == 0
    assert ran.lines == [
        "music: first half",
        "log: first line",
        "music: waits",
        "music: has waited",
        "main: music is over: True, log is over: False",
        "log: second line",
        "main: music is over: True, log is over: True",
    ]


def test_the_slow_server_tells_where_it_is_and_ends_with_its_input(recording) -> None:
    ran = recording("coroutines/slow_server")
    assert ran.exit_code == 0
    (site,) = ran.lines
    assert site.rpartition(":")[0] == "http://127.0.0.1"


def test_the_slow_server_counts_anew_after_it_was_asked() -> None:
    command = [sys.executable, slow_server.__file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        site = server.stdout.readline().strip()

        def get(path: str) -> bytes:
            with request.urlopen(f"{site}/{path}", timeout=PATIENCE) as answer:
                return answer.read()

        assert get("peak") == b"0"
        assert {name: len(get(name)) for name in SIZES} == SIZES
        assert get("peak") == b"1"
        assert get("peak") == b"0"
        server.stdin.close()
        assert server.wait(PATIENCE) == 0


def test_patched_fetches_all_begin_before_the_first_is_answered(recording) -> None:
    ran = recording("coroutines/fetch_patched")
    assert ran.exit_code == 0
    done = steps(ran.lines)
    assert done[:3] == ASKED
    assert sorted(done[3:6]) == sorted(ANSWERED)
    assert done[6:] == IN_TURN


def test_patched_fetches_are_open_together_and_never_shorter_than_the_server_takes(recording) -> None:
    lines = [line for line in recording("coroutines/fetch_patched").lines if "at once" in line]
    assert [line.split(":")[0] for line in lines] == ["together", "one_by_one"]
    assert [line[-2:] for line in lines] == [" 3", " 1"]
    seconds = [float(line.split()[1]) for line in lines]
    assert seconds[0] >= 0.2
    assert seconds[1] >= 0.6


def test_unpatched_fetches_come_one_after_the_other(capsys) -> None:
    imported("coroutines/fetch_unpatched").main()
    lines = capsys.readouterr().out.splitlines()
    assert steps(lines) == IN_TURN
    assert lines[-1].endswith("most requests open at once: 1")


def test_a_name_bound_before_patching_still_blocks(recording) -> None:
    ran = recording("coroutines/patch_too_late")
    assert ran.exit_code == 0
    assert ran.lines == [
        "bound before patching: start end start end start end",
        "looked up afterwards:  start start start end end end",
    ]


def test_gevent_warns_when_ssl_context_was_bound_before(recording) -> None:
    ran = recording("coroutines/patch_after_ssl")
    assert ran.exit_code == 0
    warning = " ".join(ran.lines[:-1])
    assert warning.count("MonkeyPatchWarning: Monkey-patching ssl after ssl has already been imported") == 1
    assert "direct imports (NOT patched): ['__main__" in warning
    assert ran.lines[-1] == "the bound name was patched too: False"


def test_joinall_raises_nothing_unless_told_to(capfd) -> None:
    imported("coroutines/joinall_errors").main()
    printed = capfd.readouterr()
    assert printed.out.splitlines() == [
        "joinall() has returned",
        "itk: successful True, value 6000",
        "github: successful False, value None",
        "zhihu: successful True, value 2000",
        "raise_error=True: KeyError 'github'",
    ]


def test_the_hub_prints_the_trace_of_a_failed_greenlet(recording) -> None:
    ran = recording("coroutines/joinall_errors")
    assert ran.exit_code == 0
    assert ran.text.count("Traceback (most recent call last):") == 1
    assert "failed with KeyError" in ran.text


def test_greenlets_switch_only_where_they_pause(capsys) -> None:
    imported("coroutines/cpu_greenlets").main()
    assert capsys.readouterr().out.splitlines() == [
        "only computing: a-start a-end b-start b-end",
        "gevent.sleep(0): a-start b-start a-end b-end",
    ]


def test_tasks_lose_updates_only_when_they_switch_without_a_lock(capsys) -> None:
    asyncio_lock.main()
    assert capsys.readouterr().out.splitlines() == [
        "no switch between read and write: 100",
        "a switch, without a lock: 1",
        "a switch, with a lock: 100",
    ]


def test_greenlets_lose_updates_without_a_lock(capsys) -> None:
    imported("coroutines/gevent_lock").main()
    assert capsys.readouterr().out.splitlines() == [
        "without a lock: 1",
        "with a BoundedSemaphore: 50",
        "with an RLock: 50",
    ]


def test_asyncio_fetches_begin_together_or_one_by_one(capsys) -> None:
    asyncio_fetch.main()
    lines = capsys.readouterr().out.splitlines()
    done = steps(lines)
    assert done[:3] == ASKED
    assert sorted(done[3:6]) == sorted(ANSWERED)
    assert done[6:] == IN_TURN
    assert [line for line in lines if "at once" in line] == [
        "together, most requests open at once: 3",
        "one by one, most requests open at once: 1",
    ]


def test_a_blocking_call_stops_the_event_loop_and_a_thread_does_not(capsys) -> None:
    asyncio_blocked.main()
    assert capsys.readouterr().out.splitlines() == [
        "directly: bytes [6000, 40000, 2000], most requests open at once: 1",
        "in_a_thread: bytes [6000, 40000, 2000], most requests open at once: 3",
    ]
