"""Functions of the standard library and of gevent that wait, wake or start, by module and qualified name.

They are written in Python, so tracing sees them called; nothing has to be replaced.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

ANYBODY: Final = "anybody"
"""Written down whoever calls the function; otherwise only where the program itself does."""

WAITS: Final[dict[tuple[str, str], tuple[str, str]]] = {
    # What for, and who has to call it.
    ("threading", "Thread.join"): ("join", ""),
    ("threading", "Event.wait"): ("event", ""),
    ("threading", "Condition.wait"): ("condition", ""),
    ("threading", "Barrier.wait"): ("barrier", ""),
    ("threading", "Semaphore.acquire"): ("semaphore", ""),
    ("threading", "_shutdown"): ("exit", ANYBODY),
    ("queue", "Queue.get"): ("queue", ""),
    ("queue", "Queue.put"): ("queue", ""),
    ("queue", "Queue.join"): ("queue", ""),
    ("multiprocessing.process", "BaseProcess.join"): ("process", ""),
    ("multiprocessing.connection", "_ConnectionBase.recv"): ("pipe", ""),
    ("multiprocessing.connection", "_ConnectionBase.recv_bytes"): ("pipe", ""),
    ("multiprocessing.connection", "_ConnectionBase.poll"): ("pipe", ""),
    ("multiprocessing.connection", "wait"): ("pipe", ""),
    ("multiprocessing.queues", "Queue.get"): ("queue", ""),
    ("multiprocessing.queues", "SimpleQueue.get"): ("queue", ANYBODY),
    ("multiprocessing.queues", "JoinableQueue.join"): ("queue", ""),
    ("multiprocessing.synchronize", "Event.wait"): ("event", ""),
    ("multiprocessing.synchronize", "Condition.wait"): ("condition", ""),
    ("multiprocessing.util", "_exit_function"): ("exit", ANYBODY),
    ("multiprocessing.pool", "ApplyResult.get"): ("result", ANYBODY),
    ("multiprocessing.pool", "ApplyResult.wait"): ("result", ANYBODY),
    ("multiprocessing.pool", "IMapIterator.next"): ("result", ""),
    ("multiprocessing.pool", "Pool.join"): ("pool", ""),
    ("multiprocessing.managers", "BaseProxy._callmethod"): ("process", ANYBODY),
    ("concurrent.futures._base", "Future.result"): ("result", ANYBODY),
    ("concurrent.futures._base", "Future.exception"): ("result", ANYBODY),
    ("concurrent.futures._base", "wait"): ("result", ""),
    ("concurrent.futures.thread", "ThreadPoolExecutor.shutdown"): ("pool", ANYBODY),
    ("concurrent.futures.process", "ProcessPoolExecutor.shutdown"): ("pool", ANYBODY),
    ("subprocess", "run"): ("process", ""),
    ("subprocess", "Popen.wait"): ("process", ""),
    ("subprocess", "Popen.communicate"): ("process", ""),
    ("subprocess", "Popen.__exit__"): ("process", ""),
    ("selectors", "SelectSelector.select"): ("io", ANYBODY),
    ("selectors", "_PollLikeSelector.select"): ("io", ANYBODY),
    ("selectors", "EpollSelector.select"): ("io", ANYBODY),
    ("selectors", "KqueueSelector.select"): ("io", ANYBODY),
    ("asyncio.base_events", "BaseEventLoop.run_forever"): ("loop", ANYBODY),
    ("asyncio.tasks", "sleep"): ("sleep", ""),
    ("asyncio.tasks", "wait_for"): ("task", ""),
    ("asyncio.tasks", "wait"): ("task", ""),
    ("asyncio.taskgroups", "TaskGroup.__aexit__"): ("task", ""),
    ("asyncio.locks", "Event.wait"): ("event", ""),
    ("asyncio.locks", "Condition.wait"): ("condition", ""),
    ("asyncio.locks", "Semaphore.acquire"): ("semaphore", ""),
    ("asyncio.locks", "Barrier.wait"): ("barrier", ""),
    ("asyncio.queues", "Queue.get"): ("queue", ""),
    ("asyncio.queues", "Queue.put"): ("queue", ""),
    ("asyncio.queues", "Queue.join"): ("queue", ""),
    ("asyncio.streams", "open_connection"): ("io", ""),
    ("asyncio.streams", "StreamReader.read"): ("io", ""),
    ("asyncio.streams", "StreamReader.readline"): ("io", ""),
    ("asyncio.streams", "StreamReader.readexactly"): ("io", ""),
    ("asyncio.streams", "StreamReader.readuntil"): ("io", ""),
    ("asyncio.streams", "StreamWriter.drain"): ("io", ""),
    ("asyncio.streams", "StreamWriter.wait_closed"): ("io", ""),
    ("asyncio.threads", "to_thread"): ("result", ""),
    ("gevent.hub", "sleep"): ("sleep", ""),
    ("gevent._socket3", "socket.accept"): ("io", ANYBODY),
    ("gevent._socketcommon", "SocketMixin.connect"): ("io", ANYBODY),
    ("gevent._socketcommon", "SocketMixin.recv"): ("io", ANYBODY),
    ("gevent._socketcommon", "SocketMixin.recv_into"): ("io", ANYBODY),
    ("gevent._socketcommon", "SocketMixin.send"): ("io", ANYBODY),
    ("gevent._socketcommon", "SocketMixin.sendall"): ("io", ANYBODY),
    ("gevent.subprocess", "Popen.wait"): ("process", ANYBODY),
    ("gevent.threadpool", "ThreadPool.apply"): ("result", ""),
}

CLEARS: Final = {
    ("threading", "Event.clear"): "event",
    ("multiprocessing.synchronize", "Event.clear"): "event",
    ("asyncio.locks", "Event.clear"): "event",
}

SIGNALS: Final = {
    ("threading", "Event.set"): "event",
    ("threading", "Condition.notify"): "condition",
    ("threading", "Condition.notify_all"): "condition",
    ("threading", "Semaphore.release"): "semaphore",
    ("threading", "BoundedSemaphore.release"): "semaphore",
    ("queue", "Queue.put"): "queue",
    ("multiprocessing.synchronize", "Event.set"): "event",
    ("multiprocessing.connection", "_ConnectionBase.send"): "pipe",
    ("multiprocessing.queues", "Queue.put"): "queue",
    ("asyncio.locks", "Event.set"): "event",
    ("asyncio.locks", "Condition.notify"): "condition",
    ("asyncio.locks", "Semaphore.release"): "semaphore",
    ("asyncio.locks", "BoundedSemaphore.release"): "semaphore",
    ("asyncio.queues", "Queue.put_nowait"): "queue",
}

LOCKS: Final = {
    # Locks that are written in Python: what the call does.
    ("asyncio.locks", "Lock.acquire"): "acquire",
    ("asyncio.locks", "Lock.release"): "release",
    ("gevent.lock", "RLock.acquire"): "acquire",
    ("gevent.lock", "RLock.release"): "release",
    ("threading", "_RLock.acquire"): "acquire",
    ("threading", "_RLock.release"): "release",
    ("threading", "Condition.__enter__"): "acquire",
    ("threading", "Condition.__exit__"): "release",
    ("multiprocessing.synchronize", "SemLock.__enter__"): "acquire",
    ("multiprocessing.synchronize", "SemLock.__exit__"): "release",
}

STARTS: Final = {
    ("threading", "Thread.start"): "thread",
    ("asyncio.base_events", "BaseEventLoop.create_task"): "task",
    ("multiprocessing.process", "BaseProcess.start"): "process",
    ("subprocess", "Popen.__init__"): "process",
}

ON_BEHALF: Final = "Condition.wait_for"
"""What waits for who calls it, again and again, and asks a predicate in between."""

NOTICES: Final = (
    ("multiprocessing.popen_fork", "Popen.poll"),
    ("multiprocessing.popen_forkserver", "Popen.poll"),
    ("subprocess", "Popen._handle_exitstatus"),
)
"""What learns that a process is over, which may have been killed and unable to say so."""

PAIRS: Final = ("multiprocessing.context", "BaseContext.Pipe")
"""Returns the two ends of a pipe."""

RUNS_TARGET: Final = frozenset(
    (
        *("Thread.run", "BaseProcess.run", "Timer.run", "Handle._run"),
        *(
            "_WorkItem.run",
            "WorkerContext.run",
            "_process_worker",
            "_process_chunk",
            "_process_chunk.<locals>.<listcomp>",
        ),
        *("worker", "mapstar", "starmapstar", "Queue._feed"),
    )
)
"""What calls the function that a thread, a process, a pool or a loop is given: a call from here is one by the program.
What a worker or a queue's feeder has to wait for itself, it waits for here as well."""

NAMES: Final = ("multiprocessing.process", "BaseProcess._bootstrap")
"""In a child of multiprocessing, called with the `Process` that it is."""
