"""All that a run leaves, as plain data with a schema version."""

from __future__ import annotations

import os
import platform
import signal
import sysconfig
from dataclasses import dataclass
from functools import cache
from typing import Any

INTERRUPTED = "interrupted"
"""What the end of a wait says that a signal brought about, and nothing that was waited for."""
SCHEMA = 3
"""Raised whenever an older recording would be read wrongly."""


@dataclass(frozen=True)
class Piece:
    """One piece of output, as it arrived."""

    at: int
    """Nanoseconds since the program was started."""
    text: str
    """What was printed. Bytes that are not UTF-8 are lone surrogates, as `surrogateescape` makes them."""
    lane: int | None = None
    """Number of the lane that printed it, where that is known."""
    dropped: int = 0
    """Bytes of output left out right before this piece, because there was more than the limit."""


@dataclass(frozen=True)
class Interpreter:
    """The Python that ran the program."""

    implementation: str
    """`CPython`, `PyPy`."""
    version: str
    """`3.13.0`."""
    free_threaded: bool
    """Whether it is a build that can run without the GIL."""

    @classmethod
    def current(cls) -> Interpreter:
        """The interpreter of this process, which is also the one that snippets run with."""
        return cls(
            platform.python_implementation(),
            platform.python_version(),
            bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        )


@dataclass(frozen=True)
class Machine:
    """The computer that ran the program, as far as a reader needs to know it."""

    system: str
    """`Linux`, `macOS`."""
    architecture: str
    """`x86-64`, `arm64`."""
    cores: int
    """How many cores the program could use."""

    @classmethod
    @cache
    def current(cls) -> Machine:
        """This computer."""
        system = {"Darwin": "macOS"}.get(platform.system(), platform.system())
        architecture = {"x86_64": "x86-64", "AMD64": "x86-64"}.get(platform.machine(), platform.machine())
        affinity = getattr(os, "sched_getaffinity", None)
        return cls(system, architecture, len(affinity(0)) if affinity else os.cpu_count() or 1)


@dataclass(frozen=True)
class Lane:
    """One process, thread, greenlet or asyncio task."""

    number: int
    """Its place in `Recording.lanes`."""
    name: str
    """What Python calls it: `MainThread` is `main`, others `Thread-1`, `Process-1`, `Greenlet-0`, `Task-2`. Surrogates,
    which no file can have, are escapes: `\\ud800`."""
    kind: str
    """`process` (its main thread), `thread`, `greenlet` or `task`."""
    parent: int | None
    """The lane that made it; for a process, one of the process that the system calls its parent."""
    process: int
    """The lane of the process that it is in; its own number for a process."""
    pid: int
    """The process id that the system gave to that process."""
    start: int
    """Nanoseconds since the program was started."""
    end: int | None
    """Likewise; None where it was cut off with its process, or nobody saw it end."""
    daemon: bool = False
    gone: int | None = None
    """When it was over at the latest, where it was killed and another lane saw that."""


@dataclass(frozen=True)
class Thing:
    """What lanes hold or wait for, besides each other."""

    kind: str
    """`lock`, `rlock`, `event`, `condition`, `barrier`, `semaphore`, `queue` or `pipe`."""
    name: str
    """What the program calls it; empty where it has no name for it."""


@dataclass(frozen=True)
class Event:
    """Something that a lane did. Which of the later fields count depends on the kind."""

    at: int
    """Nanoseconds since the program was started."""
    lane: int
    kind: str
    """`begin`, `end`; `line` (file, line); `hot` (file, line: from here on its visits are not written down; or thing);
    `wait` (what, thing or other), `go` (result; what: `interrupted`, where a signal had its handler called);
    `acquire`, `release` (thing, depth after it); `signal` (thing, or other: a message to that lane), `clear` (thing);
    `start` (other); `switch` (other: the greenlet that goes on, None for gevent's hub); `off`, `on` (an asyncio task is
    suspended, goes on)."""
    file: int | None = None
    """Place in `Recording.files`."""
    line: int | None = None
    """Line number, from 1."""
    what: str | None = None
    """What is waited for: `sleep`, `lock`, `event`, `condition`, `barrier`, `semaphore`, `queue`, `pipe`, `io`, `join`
    (a thread), `process`, `result` (of a pool), `pool` (its end), `task`, `greenlet`, `message` (of MPI), `loop` (the
    lane runs an event loop), `exit` (the end of all threads or children), `blocked` (a call that the recorder does not
    know, and that used no processor time)."""
    thing: int | None = None
    """Place in `Recording.things`."""
    other: int | None = None
    """Another lane: the one that is joined, started, switched to, or that a message comes from or goes to."""
    depth: int | None = None
    """How often the lane holds the lock now."""
    result: bool | None = None
    """Whether what was waited for came; None where the call does not say."""


@dataclass(frozen=True)
class Recording:
    """One execution of a snippet."""

    snippet: str
    """Path of the file from the project root."""
    key: str
    """What the run depended on, hashed; the store finds the recording by it."""
    exit_code: int | None
    """Exit code; minus the signal's number where a signal ended it; `None` where the time limit did."""
    timeout: float
    """The time limit that held, in seconds."""
    duration: int
    """Nanoseconds from the start to the end of the main program."""
    started: str
    """Date and time of the start in UTC, ISO 8601."""
    output: tuple[Piece, ...]
    """stdout and stderr in the order they came."""
    traces: str
    """Where each thread stood when the time limit was reached; otherwise empty."""
    leftovers: tuple[str, ...]
    """Command lines of the processes that the program left running, and that were killed."""
    launch: tuple[str, ...]
    """The command that started it, where it was not the interpreter alone: `("mpiexec", "-n", "4")`."""
    interpreter: Interpreter
    machine: Machine
    lanes: tuple[Lane, ...] = ()
    """In the order they began; empty where the run was not recorded from inside."""
    things: tuple[Thing, ...] = ()
    files: tuple[str, ...] = ()
    """Paths from the project root of the files that lanes were in."""
    events: tuple[Event, ...] = ()
    """In the order they happened."""
    gaps: tuple[str, ...] = ()
    """What the recording lacks: `full` (there was more than could be kept), `traced` (the program called
    `sys.settrace`), `trouble` (the recorder failed somewhere)."""

    crowd: int = 0
    """How many processes it may have had at once, where it had more and was stopped for that; 0 otherwise."""

    @property
    def timed_out(self) -> bool:
        """Whether the time limit ended the run."""
        return self.exit_code is None

    @property
    def signal(self) -> str:
        """Name of the signal that ended the run, such as `SIGKILL`; empty where none did."""
        if self.exit_code is None or self.exit_code >= 0:
            return ""
        try:
            return signal.Signals(-self.exit_code).name
        except ValueError:
            return f"signal {-self.exit_code}"

    @property
    def text(self) -> str:
        """Everything that was printed and kept."""
        return "".join(piece.text for piece in self.output)

    @property
    def lines(self) -> list[str]:
        """The printed lines, without line ends."""
        return self.text.splitlines()

    def to_json(self) -> dict[str, Any]:
        """Plain data for a JSON file; `from_json` is its inverse."""
        # Not `asdict`: it would copy thousands of events, field by field.
        plain: dict[str, Any] = {"schema": SCHEMA, **vars(self)}
        for name in ("interpreter", "machine"):
            plain[name] = vars(plain[name])
        for name in ("output", "lanes", "things"):
            plain[name] = [vars(one) for one in plain[name]]
        plain["events"] = [_packed(event) for event in self.events]
        return plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Recording:
        """Make a recording of what `to_json` gave.

        Raises:
            ValueError: If the data has another schema, or is damaged.
        """
        try:
            fields = dict(data)
            if fields.pop("schema") != SCHEMA:
                raise ValueError("another schema version")
            fields["output"] = tuple(Piece(**piece) for piece in fields["output"])
            fields["leftovers"] = tuple(fields["leftovers"])
            fields["launch"] = tuple(fields["launch"])
            fields["interpreter"] = Interpreter(**fields["interpreter"])
            fields["machine"] = Machine(**fields["machine"])
            for name, kind in (("lanes", Lane), ("things", Thing)):
                fields[name] = tuple(kind(**one) for one in fields[name])
            fields["files"], fields["gaps"] = tuple(fields["files"]), tuple(fields["gaps"])
            fields["events"] = tuple(Event(*values) for values in fields["events"])
            return cls(**fields)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a recording: {error}") from error


def _packed(event: Event) -> list[Any]:
    """The event's values without those at the end that say nothing: there are thousands of events."""
    values = list(vars(event).values())
    while values[-1] is None:
        values.pop()
    return values
