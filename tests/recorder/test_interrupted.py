"""What a recording says of waits that a signal, an exception or another call interrupts."""

from __future__ import annotations

from tests.project import Project
from tests.recorder.seen import STANDS_IN, at_line, see

# A signal that comes just before somebody blocks does not wake them, and has to be sent again. But one more, for who is
# only slow, would interrupt the handler: hence the long wait, and before the signal the looks at who stands still.
SEND_UNTIL = (
    STANDS_IN
    + """
import signal

def stays_in(name, *functions):
    for _ in range(20):
        time.sleep(0.001)
        if not stands_in(name, *functions):
            return False
    return True

def send_until(handled, thread):
    signal.pthread_kill(thread, signal.SIGUSR1)
    while not handled.wait(15):
        signal.pthread_kill(thread, signal.SIGUSR1)
"""
)


def test_a_lane_goes_on_waiting_after_the_handler_of_a_signal(project: Project) -> None:
    seen = see(
        project,
        SEND_UNTIL
        + """
main, handled, over = threading.main_thread().ident, threading.Event(), threading.Event()

def handler(*_):
    handled.set()

def wait_till_over():
    over.wait()

def work():
    while not stays_in("MainThread", "wait_till_over", "wait", "wait"):
        pass
    send_until(handled, main)
    while stands_in("MainThread", "handler"):
        time.sleep(0.001)
    print("in between")
    over.set()

signal.signal(signal.SIGUSR1, handler)
thread = threading.Thread(target=work, name="worker")
thread.start()
wait_till_over()
thread.join()
""",
    )
    span = at_line(seen, "main", 'print("in between")', of="worker")
    assert (span.state, span.what, seen.subject(span)) == ("waits", "event", "over")
    assert ("worker", "main", "over") in seen.handovers("signal")


def test_a_wait_that_is_interrupted_is_not_taken_for_a_call_without_a_name(project: Project) -> None:
    seen = see(
        project,
        """
        import queue, threading, time

        class Job:
            def __lt__(self, other):
                return True

        jobs = queue.PriorityQueue()

        def work():
            time.sleep(0.1)
            with jobs.mutex:
                jobs.queue.extend([Job(), Job()])
                jobs.not_empty.notify()

        threading.Thread(target=work).start()
        jobs.get()
        """,
    )
    number = seen.lane("main").number
    (got,) = [event.at for event in seen.events("main", "line") if seen.text(event.line) == "jobs.get()"]
    whats = {one.what for one in seen.recording.events if one.kind == "wait" and one.lane == number and one.at >= got}
    assert "queue" in whats and "blocked" not in whats


READING = (
    SEND_UNTIL
    + """
import multiprocessing

class Interrupted(Exception):
    pass

handled, sent = threading.Event(), threading.Event()
here, there = multiprocessing.Pipe()
main = threading.get_ident()

def work():
    while not stays_in("MainThread", "read", "recv"):
        pass
    send_until(handled, main)
    here.send(1)
    sent.set()

def read():
    there.recv()

threading.Thread(target=work, name="worker").start()
"""
)


def test_who_sends_to_a_reader_that_a_signal_has_interrupted_does_not_wake_it(project: Project) -> None:
    seen = see(
        project,
        READING.replace(
            "class Interrupted",
            "def handler(*_):\n    handled.set()\n    sent.wait()\n    raise Interrupted\n\nclass Interrupted",
        ).replace(
            "    here.send(1)\n",
            "    while not stands_in('MainThread', 'handler', 'wait', 'wait'):\n"
            "        time.sleep(0.001)\n    here.send(1)\n",
        )
        + """
signal.signal(signal.SIGUSR1, handler)
try:
    read()
except Interrupted:
    print("interrupted")
""",
    )
    assert [one[2] for one in seen.handovers("signal") if one[:2] == ("worker", "main")] == ["sent"]


def test_who_sends_to_a_reader_that_an_exception_has_ended_does_not_wake_it(project: Project) -> None:
    """A handler that is not the program's own leaves no line between the wait and its end."""
    seen = see(
        project,
        READING
        + """
scope = {"handled": handled, "sent": sent, "Interrupted": Interrupted}
exec(compile("def handler(*_):\\n handled.set()\\n sent.wait()\\n raise Interrupted", "library", "exec"), scope)
signal.signal(signal.SIGUSR1, scope["handler"])
try:
    read()
except Interrupted:
    print("interrupted")
""",
    )
    assert [one[:2] for one in seen.handovers("signal") if one[2] != "sent"] == []
