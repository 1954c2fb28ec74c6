"""Replaces what waits in C in modules that a program may import: sockets, queues, semaphores, gevent, MPI."""

from __future__ import annotations

import sys
from functools import partial
from time import monotonic_ns as now

from .imports import patch_metadata
from .locks import Kind, patch_lock
from .members import replace
from .patches import begin_wait, current_recorder, end_wait
from .stacks import patch_faulthandler, patch_inspect, patch_traceback

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .recorder import Recorder

_patched: set[str] = set()


def patch_imported(recorder: Recorder) -> bool:
    """What has to be imported first. Called again and again; each is done once.

    Returns whether all that is imported is done; False where a module is still being imported.
    """
    settled = True
    for name, patch in _PATCHES.items():
        module = sys.modules.get(name)
        if module is None or name in _patched:
            continue
        if getattr(module.__spec__, "_initializing", False):
            settled = False
            continue
        _patched.add(name)
        patch(module)
    if "greenlet" in _patched:
        recorder.begin_thread()
    return settled


def _waiting(original: Callable[..., Any], what: str, by_program: bool = False) -> Callable[..., Any]:
    def wait(subject: Any, /, *args: Any, **options: Any) -> Any:
        caller = sys._getframe().f_back
        if by_program and not current_recorder().tracer.is_program(caller):
            return original(subject, *args, **options)
        call = begin_wait(what, _whom(subject, what, options), caller)
        try:
            return original(subject, *args, **options)
        finally:
            end_wait(call)

    return wait


def _whom(subject: Any, what: str, options: dict[str, Any]) -> int | None:
    """The number of a queue, or the rank that a message comes from."""
    try:
        if what == "queue":
            return current_recorder().things.number(subject, what)
        recorder, dest, source = current_recorder(), options.get("dest"), options.get("source")
        if what == "message" and isinstance(dest, int):
            recorder.journal.put("sent", now(), recorder.lanes.current().number, dest)
        return source if isinstance(source, int) else None
    except Exception as error:
        current_recorder().tracer.trouble(error)
        return None


def _patch_socket(module: Any) -> None:
    def unless_nonblocking(original: Callable[..., Any]) -> Callable[..., Any]:
        waits = _waiting(original, "io")

        def wait(subject: Any, /, *args: Any) -> Any:
            return (original if subject.gettimeout() == 0 else waits)(subject, *args)

        return wait

    for name in ("accept", "_accept", "connect", "recv", "recv_into", "send", "sendall"):
        replace(module.socket, name, unless_nonblocking)


def _patch_queue(module: Any) -> None:
    replace(module.SimpleQueue, "get", partial(_waiting, what="queue"))


class _Semaphore(Kind):
    """All locks and semaphores of multiprocessing are of one type."""

    def name(self, lock: Any) -> str:
        return "rlock" if lock.kind == 0 else "lock" if lock.maxvalue == 1 else "semaphore"

    def can_be_released(self, lock: Any) -> bool:
        return bool(lock._is_mine() if lock.kind == 0 else lock._is_zero())


def _patch_semlock(module: Any) -> None:
    patch_lock(module.SemLock, _Semaphore())


def _patch_gevent_semaphore(module: Any) -> None:
    for name in ("Semaphore", "BoundedSemaphore"):
        patch_lock(getattr(module, name), Kind())


def _patch_gevent(module: Any) -> None:
    for name in ("joinall", "wait", "iwait"):
        setattr(module, name, _waiting(getattr(module, name), "greenlet", by_program=True))


def _patch_mpi(module: Any) -> None:
    for name in dir(module.Comm):
        if name.lower() in _COMMUNICATION:
            replace(module.Comm, name, partial(_waiting, what="message", by_program=True))
    for name in ("wait", "Wait", "waitall", "Waitall"):
        replace(module.Request, name, partial(_waiting, what="message", by_program=True))


_COMMUNICATION = {"send", "ssend", "recv", "sendrecv", "probe", "barrier", "bcast", "gather", "scatter", "allgather"}
_COMMUNICATION |= {"alltoall", "reduce", "allreduce", "scan", "exscan"}


def _patch_gevent_greenlet(module: Any) -> None:
    for name in ("join", "get"):
        replace(module.Greenlet, name, partial(_waiting, what="greenlet", by_program=True))


_PATCHES: dict[str, Callable[[Any], None]] = {
    "_socket": _patch_socket,
    "_queue": _patch_queue,
    "_multiprocessing": _patch_semlock,
    "gevent._gevent_c_semaphore": _patch_gevent_semaphore,
    "gevent._gevent_cgreenlet": _patch_gevent_greenlet,
    "gevent": _patch_gevent,
    "mpi4py.MPI": _patch_mpi,
    "greenlet": lambda _: None,
    "faulthandler": patch_faulthandler,
    "traceback": patch_traceback,
    "inspect": patch_inspect,
    "importlib.metadata": partial(patch_metadata, current=current_recorder),
}
