# /// script
# requires-python = ">=3.14"
# ///
"""The tools of Python 3.14 show which task of another process waits for which."""

import asyncio
import re
import runpy
import sys
from contextlib import redirect_stdout, suppress
from io import StringIO
from multiprocessing import get_context
from multiprocessing.synchronize import Event


async def brew() -> None:
    await asyncio.Event().wait()


def report(tea: asyncio.Task[None], ready: Event) -> None:
    asyncio.print_call_graph(tea)  # (1)!
    ready.set()


async def serve(ready: Event) -> None:
    async with asyncio.TaskGroup() as group:
        tea = group.create_task(brew(), name="tea")
        group.create_task(brew(), name="coffee")
        asyncio.get_running_loop().call_soon(report, tea, ready)  # (2)!


def run(ready: Event) -> None:
    asyncio.run(serve(ready))


def look(tool: str, pid: int) -> None:
    sys.argv = ["asyncio", tool, str(pid)]
    with redirect_stdout(StringIO()) as printed, suppress(SystemExit):
        runpy.run_module("asyncio", run_name="__main__")  # (3)!
    print(f"python -m asyncio {tool} PID:")
    print(re.sub(r"(?<=\w) {2,}|-{9,}", "  ", printed.getvalue()))  # (4)!


def main() -> None:
    context = get_context("spawn")
    ready = context.Event()
    process = context.Process(target=run, args=(ready,), name="cafe", daemon=True)
    process.start()
    ready.wait()
    look("ps", process.pid or 0)
    look("pstree", process.pid or 0)


if __name__ == "__main__":
    main()
