# /// script
# [tool.live]
# reads = ["meeting_server.py"]
# ///
"""A process pool whose tasks each run an event loop of their own."""

import asyncio
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen

SERVER = [sys.executable, str(Path(__file__).with_name("meeting_server.py")), "6"]


async def fetch(port: int) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer.partition(b"\r\n\r\n")[2].decode()


async def fetch_three(port: int) -> list[str]:
    return await asyncio.gather(*(fetch(port) for _ in range(3)))


def work(port: int) -> str:
    return f"pid {os.getpid()}: {asyncio.run(fetch_three(port))}"  # (1)!


def main() -> None:
    context = multiprocessing.get_context("spawn")
    with Popen(SERVER, stdin=PIPE, stdout=PIPE, text=True) as server:
        port = int(server.stdout.readline().rpartition(":")[2])
        with ProcessPoolExecutor(2, mp_context=context) as pool:  # (2)!
            for line in pool.map(work, [port, port]):  # (3)!
                print(line)
    print(f"pid {os.getpid()}: the parent")


if __name__ == "__main__":
    main()
