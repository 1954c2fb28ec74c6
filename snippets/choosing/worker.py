"""Does four tasks in one way, in a process of its own, for each line that names a kind of work."""

import json
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial

from ways import WAYS, function

TASKS = [1, 2, 3, 4]


def obey(way: str, orders: Iterable[str]) -> None:
    """Answer each order with a line: milliseconds, and what the tasks returned."""
    sleep = function(way, "sleep")
    with ExitStack() as stack:
        run = None
        for order in map(str.strip, orders):
            began = time.perf_counter()
            if order == "start":
                with WAYS[way]() as fresh:  # (1)!
                    results = fresh(partial(sleep, seconds=0), [0])
                    took = time.perf_counter() - began
            else:
                run = run or stack.enter_context(WAYS[way]())  # (2)!
                work = partial(sleep, seconds=0.1) if order == "hold" else function(way, order)
                results = run(work, TASKS)
                took = time.perf_counter() - began
            print(json.dumps({"ms": took * 1000, "results": results}), flush=True)


def main() -> None:
    if len(sys.argv) > 1:
        obey(sys.argv[1], sys.stdin)
    else:
        obey("threads", ["start", "sleep"])  # (3)!


if __name__ == "__main__":
    main()
