"""All ways by name, the work that each can do, and what each needs."""

import inspect
import sys
from collections.abc import Callable
from importlib.util import find_spec

import one_each
import one_thread
import pools
import workloads

WAYS: dict[str, Callable] = {
    "serial": one_thread.serial,
    "threads": one_each.threads,
    "thread pool": pools.thread_pool,
    "processes": one_each.processes,
    "process pool": pools.process_pool,
    "interpreters": pools.interpreters,
    "gevent": one_thread.greenlets,
    "asyncio": one_thread.coroutines,
}
WORK = ("python", "zipped", "sleep", "http", "disk", "mixed")
NOTHING_TO_WAIT_FOR = ("python", "zipped", "disk")  # (1)!


def function(way: str, work: str) -> Callable:
    """The function that does that kind of work in that way."""
    return getattr(one_thread if way == "asyncio" else workloads, work)


def lacks(way: str) -> str:
    """What the way needs and this interpreter lacks."""
    if way == "interpreters" and sys.version_info < (3, 14):
        return "needs 3.14"
    if way == "gevent" and not find_spec("gevent"):
        return "needs gevent"
    return ""


def senseless(way: str, work: str) -> bool:
    return way in ("gevent", "asyncio") and work in NOTHING_TO_WAIT_FOR


def lines(way: str) -> int:
    """Lines of code of the way itself, and of a request over HTTP in that way."""
    parts = {WAYS[way], function(way, "http")} | ({one_each.task} if way == "processes" else set())
    return sum(bool(line.strip()) for part in parts for line in inspect.getsource(inspect.unwrap(part)).splitlines())


def main() -> None:
    for way in WAYS:
        done = [work for work in WORK if not senseless(way, work)]
        print(f"{way:12}  {lines(way):2} lines  {lacks(way) or 'measured: ' + ', '.join(done)}")


if __name__ == "__main__":
    main()
