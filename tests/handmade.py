"""A recording made by hand, so that what is shown of it can be checked to the last digit."""

from __future__ import annotations

from live.recording import Event, Interpreter, Lane, Machine, Piece, Recording, Thing

US = 1000
"""Nanoseconds in a microsecond."""
SECOND = 1_000_000_000
FILE = "snippets/a/turns.py"
SOURCE = """\
lock = Lock()
worker = Thread(target=work)
with lock:
    worker.start()
    sleep(3)
worker.join()
print("bye")
def work():
    with lock:
        print("hello")
"""
"""What the lines of `turns()` stand for."""
SOURCES = {FILE: SOURCE.splitlines()}
MAIN, WORKER, LOCK = 0, 1, 0


def turns() -> Recording:
    """Main holds a lock for three seconds while a thread waits for it; then the thread prints, and main after it."""
    lanes = (
        Lane(MAIN, "main", "process", None, MAIN, 4711, 0, 3 * SECOND + 300 * US),
        Lane(WORKER, "Thread-1 (work)", "thread", MAIN, MAIN, 4711, 40 * US, 3 * SECOND + 201 * US),
    )
    late = 3 * SECOND
    events = (
        Event(10 * US, MAIN, "line", 0, 3),
        Event(20 * US + 1, MAIN, "acquire", thing=LOCK, depth=1),
        Event(30 * US, MAIN, "line", 0, 4),
        Event(35 * US, MAIN, "start", other=WORKER),
        Event(40 * US, WORKER, "begin"),
        Event(50 * US, WORKER, "line", 0, 9),
        Event(60 * US, WORKER, "wait", what="lock", thing=LOCK),
        Event(70 * US, MAIN, "line", 0, 5),
        Event(80 * US, MAIN, "wait", what="sleep"),
        Event(late, MAIN, "go"),
        Event(late + 10 * US, MAIN, "release", thing=LOCK, depth=0),
        Event(late + 20 * US, MAIN, "line", 0, 6),
        Event(late + 30 * US, MAIN, "wait", what="join", other=WORKER),
        Event(late + 40 * US, WORKER, "go", result=True),
        Event(late + 41 * US, WORKER, "acquire", thing=LOCK, depth=1),
        Event(late + 50 * US, WORKER, "line", 0, 10),
        Event(late + 200 * US, WORKER, "release", thing=LOCK, depth=0),
        Event(late + 201 * US, WORKER, "end"),
        Event(late + 210 * US, MAIN, "go"),
        Event(late + 220 * US, MAIN, "line", 0, 7),
        Event(late + 300 * US, MAIN, "end"),
    )
    output = (Piece(late + 100 * US, "hello\n", WORKER), Piece(late + 250 * US, "bye\n", MAIN))
    return recorded(lanes=lanes, things=(Thing("lock", "lock"),), files=(FILE,), events=events, output=output)


def recorded(
    *,
    lanes: tuple[Lane, ...] = (),
    things: tuple[Thing, ...] = (),
    files: tuple[str, ...] = (),
    events: tuple[Event, ...] = (),
    output: tuple[Piece, ...] = (),
    exit_code: int | None = 0,
) -> Recording:
    """A recording of which only what is inside counts."""
    return Recording(
        snippet=FILE,
        key="",
        exit_code=exit_code,
        timeout=30,
        duration=3 * SECOND + 400 * US,
        started="2026-11-24T04:00:00+00:00",
        output=output,
        traces="",
        leftovers=(),
        launch=(),
        interpreter=Interpreter("CPython", "3.13.0", False),
        machine=Machine("Linux", "x86-64", 2),
        lanes=lanes,
        things=things,
        files=files,
        events=events,
    )
