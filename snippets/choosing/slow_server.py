"""A local web server that answers each request after 20 ms, with the square of the number asked for."""

import asyncio
import os
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen


async def answer(reader: StreamReader, writer: StreamWriter) -> None:
    request = await reader.readuntil(b"\r\n\r\n")
    number = int(request.split()[1].lstrip(b"/"))  # (1)!
    await asyncio.sleep(0.02)  # (2)!
    body = str(number**2).encode()
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    await writer.drain()
    writer.close()


async def serve() -> None:
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        print(f"{host}:{port}", flush=True)
        await asyncio.to_thread(sys.stdin.read)  # (3)!


@contextmanager
def running() -> Iterator[None]:
    """It runs as a process of its own, and its address is in the environment, where child processes see it too."""
    with Popen([sys.executable, __file__], stdin=PIPE, stdout=PIPE, text=True) as server:
        os.environ["SLOW_SERVER"] = server.stdout.readline().strip()
        yield


if __name__ == "__main__":
    asyncio.run(serve())
