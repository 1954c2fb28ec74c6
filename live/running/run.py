"""Runs a snippet: starts a supervisor for it and makes a recording of what that reports."""

from __future__ import annotations

import codecs
import marshal
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from live.errors import EngineError, SnippetError
from live.reading.inside import read_inside
from live.reading.journals import lack_room
from live.recording import Machine, Piece, Recording
from live.running.environment import Scratch, inherited, scratch
from live.running.means import Means, means
from live.snippet import FOLDER, Snippet
from live.traces import DUMPED, as_dumped

# -S, -s and -P leave out site-packages and the current folder, which a supervisor does not need and which cost time.
SUPERVISOR = (
    "-S",
    "-s",
    "-P",
    "-c",
    "import sys; sys.path.insert(0, sys.argv[1]); import live.running.supervisor as s; s.main()",
)
PACKAGE_ROOT = Path(__file__).parents[2]
RECORDER = PACKAGE_ROOT / "live" / "recorder"
JOURNAL_BYTES = 2_000_000
"""The most that one process of a run may write down."""
PROCESSES = 512
"""How many processes a run may have at once."""
TAIL = 1 << 14
"""Bytes at the end of a too long output that are kept, if the limit allows for so many."""


class Supervisor:
    """A process that runs `live.running.supervisor`, as seen from here."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *SUPERVISOR, str(PACKAGE_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C is for the builder alone; it tells the supervisors by closing their input.
            start_new_session=True,
            env=inherited(),
        )
        assert self._process.stdin and self._process.stdout
        self._input, self._output = self._process.stdin, self._process.stdout

    def do(self, job: dict[str, Any]) -> dict[str, Any] | None:
        """Have the job done; None if the process ended before it was."""
        data = marshal.dumps(job)
        try:
            self._input.write(len(data).to_bytes(8, "big") + data)
            self._input.flush()
        except (BrokenPipeError, ValueError):  # it is gone, or was abandoned
            return None
        length = int.from_bytes(self._output.read(8), "big")
        answer = self._output.read(length)
        if not answer or len(answer) < length:
            return None
        result: dict[str, Any] = marshal.loads(answer)
        return result

    def abandon(self) -> None:
        """Have it kill everything and end. Can be called from any thread, while another is in `do`."""
        try:
            self._input.close()
        except BrokenPipeError:
            pass

    def end(self) -> int:
        """Let it end, wait for that, and return its exit code."""
        self.abandon()
        returncode = self._process.wait()
        self._output.close()
        return returncode


@dataclass
class Runner:
    """Runs snippets, any number at a time. Each needs a supervisor; one that is done serves the next."""

    timeout: float = 30.0
    """Time limit in seconds for snippets that set none."""
    output_limit: int = 1 << 20
    """How many bytes of output are kept."""
    _idle: list[Supervisor] = field(default_factory=list)
    _busy: set[Supervisor] = field(default_factory=set)
    _stopped: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, snippet: Snippet, key: str = "", *, bare: bool = False) -> Recording:
        """Run `snippet` to its end and return the recording, filed under `key`.

        A program that fails or hangs makes a recording like any other. Where it measures, or `bare` is set, the
        recorder stays out of its processes, and the recording has no lanes and no events.

        Raises:
            SnippetError: If something that it needs is not here.
            EngineError: If the run could not be supervised to its end, or was stopped.
        """
        started = datetime.now(UTC)
        timeout = self.timeout_of(snippet)
        with_what = means(snippet)
        recorded = not (bare or snippet.options.measure)
        shorten = partial(_short_paths, root=snippet.root, library=Path(with_what.python.library))
        if with_what.missing:
            raise SnippetError(f"{snippet}: needs {' and '.join(with_what.missing)}, which is not here")
        try:
            with scratch() as place:
                result = self.supervise(
                    {
                        "argv": _command(snippet, with_what),
                        "cwd": str(place.work),
                        "places": [str(place.folder)],
                        "env": {**place.environment, **(_recorder(snippet, place) if recorded else {})},
                        "timeout": timeout,
                        "processes": PROCESSES,
                        "limit": self.output_limit,
                        "tail": min(TAIL, self.output_limit // 2),
                    },
                    str(snippet),
                )
                if lack_room(place.journals):
                    where = place.folder.parent
                    raise EngineError(f"{snippet}: {where} has no room for its recording; set TMPDIR to another folder")
                inside = read_inside(
                    place.journals, snippet.root, start=result["start"], output=result["pieces"], inode=result["inode"]
                )
        except OSError as error:
            raise EngineError(f"{snippet}: no scratch directory could be made for it ({error.strerror})") from None
        return Recording(
            snippet=snippet.path,
            key=key,
            exit_code=result["exit_code"],
            timeout=timeout,
            duration=result["duration"],
            started=started.isoformat(timespec="seconds"),
            output=_pieces(inside.output, shorten),
            traces=shorten(_without_recorder(result["traces"].decode("utf-8", "replace"))),
            leftovers=tuple(map(shorten, result["leftovers"])),
            launch=snippet.options.launch,
            interpreter=with_what.python.interpreter,
            machine=Machine.current(),
            lanes=inside.lanes,
            things=inside.things,
            files=inside.files,
            events=inside.events,
            gaps=inside.gaps,
            crowd=PROCESSES if result["crowded"] else 0,
        )

    def timeout_of(self, snippet: Snippet) -> float:
        """The time limit in seconds that holds for `snippet`."""
        return snippet.options.timeout or self.timeout

    def rest(self) -> None:
        """Let the supervisors go that have nothing to do. Later runs start new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
        for supervisor in idle:
            supervisor.end()

    def stop(self) -> None:
        """Kill what runs now, and refuse to run anything more. Can be called from any thread."""
        with self._lock:
            self._stopped = True
            busy = list(self._busy)
        for supervisor in busy:
            supervisor.abandon()
        self.rest()

    def supervise(self, job: dict[str, Any], name: str) -> dict[str, Any]:
        """Have a job done as `live.running.supervisor` takes it, and return its result.

        Raises:
            EngineError: If it could not be supervised to its end, or was stopped.
        """
        supervisor = self._take(name)
        try:
            result = supervisor.do(job)
        except BaseException:  # Ctrl-C: whoever called waits for the program's end before it takes its folder away
            supervisor.end()
            raise
        with self._lock:
            self._busy.discard(supervisor)
            stopped = self._stopped
            if result is not None and not stopped:
                self._idle.append(supervisor)
                return result
        returncode = supervisor.end()
        if stopped:
            raise EngineError(f"{name}: was stopped")
        raise EngineError(f"{name}: its supervisor ended with {returncode} before the program did")

    def _take(self, name: str) -> Supervisor:
        with self._lock:
            if self._stopped:
                raise EngineError(f"{name}: was stopped")
            try:
                supervisor = self._idle.pop() if self._idle else Supervisor()
            except OSError as error:
                raise EngineError(f"{name}: no process could be started ({error.strerror})") from None
            self._busy.add(supervisor)
            return supervisor


def _command(snippet: Snippet, with_what: Means) -> list[str]:
    """The command line of the program."""
    launcher = [with_what.commands[word] for word in snippet.options.launch[:1]]
    return [*launcher, *snippet.options.launch[1:], with_what.python.executable, str(snippet.file)]


def _recorder(snippet: Snippet, place: Scratch) -> dict[str, str]:
    """What brings the recorder into each Python process of the run, through nothing but its environment."""
    place.journals.mkdir()
    return {
        "PYTHONPATH": str(RECORDER),
        "LIVE_JOURNALS": str(place.journals),
        "LIVE_JOURNAL_BYTES": str(JOURNAL_BYTES),
        "LIVE_SOURCES": f"{snippet.root / FOLDER}{os.sep}",
    }


def _pieces(raw: Sequence[tuple[int, bytes, int, int | None]], shorten: Callable[[str], str]) -> tuple[Piece, ...]:
    """Text of the bytes. A character that arrived in two pieces belongs to the second; none reaches over a gap."""
    decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
    pieces = []
    for position, (at, data, dropped, lane) in enumerate(raw):
        is_last = position == len(raw) - 1 or raw[position + 1][2] > 0
        text = shorten(_without_recorder(decode(data, final=is_last)))
        if text or dropped:
            pieces.append(Piece(at, text, lane, dropped))
    return tuple(pieces)


def _without_recorder(text: str) -> str:
    """Stacks as faulthandler would have written them without the recorder's functions, which wait for the program's."""
    own = as_dumped(str(RECORDER))
    return re.sub(rf'(?m)^ *File "{re.escape(own)}/[^\n]*\n?', "", text) if own in text else text


def _short_paths(text: str, *, root: Path, library: Path) -> str:
    """Paths as seen from the project's root or from where Python is installed: where these are is nobody's business."""
    if len(str(root)) > DUMPED:  # which of the project's files it was is not in the text
        text = text.replace(f'"{as_dumped(str(root)[:DUMPED])}..."', f'"{FOLDER}/…"')
    for written in (str, lambda path: as_dumped(str(path))):
        text = text.replace(f"{written(root)}/", "")
        text = text.replace(f"{written(library)}/", f"{library.parent.name}/{library.name}/")
    return text
