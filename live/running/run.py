"""Runs a snippet: starts a supervisor for it and makes a recording of what that reports."""

from __future__ import annotations

import codecs
import marshal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from live.errors import EngineError
from live.recording import Interpreter, Machine, Piece, Recording
from live.running.environment import inherited, scratch
from live.snippet import Snippet

# -S, -s and -P leave out site-packages and the current folder, which a supervisor does not need and which cost time.
SUPERVISOR = (
    "-S",
    "-s",
    "-P",
    "-c",
    "import sys; sys.path.insert(0, sys.argv[1]); import live.running.supervisor as s; s.main()",
)
PACKAGE_ROOT = Path(__file__).parents[2]
TAIL = 1 << 14
"""Bytes at the end of a too long output that are kept, if the limit allows for so many."""


@dataclass
class Runner:
    """Runs snippets, any number at a time."""

    timeout: float = 30.0
    """Time limit in seconds for snippets that set none."""
    output_limit: int = 1 << 20
    """How many bytes of output are kept."""
    _running: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _stopped: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, snippet: Snippet, key: str = "") -> Recording:
        """Run `snippet` to its end and return the recording, filed under `key`.

        A program that fails or hangs makes a recording like any other.

        Raises:
            EngineError: If the run could not be supervised to its end, or was stopped.
        """
        started = datetime.now(UTC)
        timeout = self.timeout_of(snippet)
        with scratch() as place:
            result = self._supervise(
                {
                    "argv": [sys.executable, str(snippet.file)],
                    "cwd": str(place.work),
                    "env": place.environment,
                    "timeout": timeout,
                    "limit": self.output_limit,
                    "tail": min(TAIL, self.output_limit // 2),
                },
                str(snippet),
            )
        return Recording(
            snippet=snippet.path,
            key=key,
            exit_code=result["exit_code"],
            timeout=timeout,
            duration=result["duration"],
            started=started.isoformat(timespec="seconds"),
            output=_pieces(result["pieces"], snippet.root),
            traces=_without(snippet.root, result["traces"].decode("utf-8", "replace")),
            leftovers=tuple(_without(snippet.root, line) for line in result["leftovers"]),
            interpreter=Interpreter.current(),
            machine=Machine.current(),
        )

    def timeout_of(self, snippet: Snippet) -> float:
        """The time limit in seconds that holds for `snippet`."""
        return snippet.options.timeout or self.timeout

    def stop(self) -> None:
        """Kill what runs now, and refuse to run anything more. Can be called from any thread."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for supervisor in running:
            assert supervisor.stdin
            supervisor.stdin.close()

    def _supervise(self, job: dict[str, Any], name: str) -> dict[str, Any]:
        data = marshal.dumps(job)
        supervisor = self._start(name)
        assert supervisor.stdin and supervisor.stdout
        try:
            supervisor.stdin.write(len(data).to_bytes(8, "big") + data)
            supervisor.stdin.flush()
            answer = supervisor.stdout.read()
        except (BrokenPipeError, ValueError):
            answer = b""
        finally:
            self._forget(supervisor)
        if self._stopped:
            raise EngineError(f"{name}: was stopped")
        if not answer:
            raise EngineError(f"{name}: its supervisor ended with {supervisor.returncode} before the program did")
        result: dict[str, Any] = marshal.loads(answer)
        return result

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise EngineError(f"{name}: was stopped")
            try:
                supervisor = subprocess.Popen(
                    [sys.executable, *SUPERVISOR, str(PACKAGE_ROOT)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    # Ctrl-C is for the builder alone; it tells the supervisors by closing their input.
                    start_new_session=True,
                    env=inherited(),
                )
            except OSError as error:
                raise EngineError(f"{name}: no process could be started ({error.strerror})") from None
            self._running.add(supervisor)
            return supervisor

    def _forget(self, supervisor: subprocess.Popen[bytes]) -> None:
        assert supervisor.stdin and supervisor.stdout
        try:
            supervisor.stdin.close()
        except BrokenPipeError:
            pass
        supervisor.wait()
        supervisor.stdout.close()
        with self._lock:
            self._running.discard(supervisor)


def _pieces(raw: list[tuple[int, bytes, int]], root: Path) -> tuple[Piece, ...]:
    """Text of the bytes. A character that arrived in two pieces belongs to the second."""
    decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
    pieces = []
    for position, (at, data, dropped) in enumerate(raw):
        text = _without(root, decode(data, final=position == len(raw) - 1 or dropped > 0))
        if text or dropped:
            pieces.append(Piece(at, text, dropped=dropped))
    return tuple(pieces)


def _without(root: Path, text: str) -> str:
    """Paths in the project as seen from its root: where it was cloned to is nobody's business."""
    return text.replace(f"{root}/", "")
