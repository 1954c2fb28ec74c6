"""Ways that keep to one thread: one task after the other, greenlets, and coroutines with tasks of their own."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import workloads


@contextmanager
def serial() -> Iterator[Callable]:
    yield lambda work, numbers: [work(number) for number in numbers]


@contextmanager
def greenlets() -> Iterator[Callable]:
    from gevent.pool import Pool  # (1)!

    yield Pool().map


@contextmanager
def coroutines() -> Iterator[Callable]:
    async def together(work: Callable, numbers: Sequence[int]) -> list[int]:
        return await asyncio.gather(*(work(number) for number in numbers))

    yield lambda work, numbers: asyncio.run(together(work, numbers))


async def sleep(number: int, seconds: float = 0.02) -> int:
    await asyncio.sleep(seconds)
    return number


async def http(number: int) -> int:
    host, port = os.environ["SLOW_SERVER"].split(":")
    reader, writer = await asyncio.open_connection(host, port)  # (2)!
    writer.write(b"GET /%d HTTP/1.1\r\nHost: %s\r\n\r\n" % (number, host.encode()))
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(answer.rpartition(b"\r\n")[2])


async def mixed(number: int) -> int:
    return workloads.python(await http(number), rounds=300_000)  # (3)!


def main() -> None:
    with serial() as run:
        print("serial:", run(workloads.sleep, [1, 2, 3]))
    with coroutines() as run:
        print("asyncio:", run(sleep, [1, 2, 3]))


if __name__ == "__main__":
    main()
