# /// script
# [tool.live]
# reads = ["slow_server.py"]
# ///
"""The same three fetches with asyncio, together and one by one."""

import asyncio
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from urllib.parse import urlsplit

SERVER = [sys.executable, str(Path(__file__).with_name("slow_server.py"))]
NAMES = ("itk", "github", "zhihu")


async def fetch(url: str) -> bytes:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)  # (1)!
    writer.write(f"GET {parts.path} HTTP/1.0\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer.partition(b"\r\n\r\n")[2]  # (2)!


async def f(url: str) -> None:
    print(f"GET: {url}")
    data = await fetch(url)
    print(f"{len(data)} bytes received from {url}.")


async def fetch_all(site: str) -> None:
    async with asyncio.TaskGroup() as group:  # (3)!
        for name in NAMES:
            group.create_task(f(f"{site}/{name}"))
    print("together, most requests open at once:", (await fetch(f"{site}/peak")).decode())
    for name in NAMES:
        await f(f"{site}/{name}")  # (4)!
    print("one by one, most requests open at once:", (await fetch(f"{site}/peak")).decode())


def main() -> None:
    with Popen(SERVER, stdin=PIPE, stdout=PIPE, text=True) as server:
        asyncio.run(fetch_all(server.stdout.readline().strip()))  # (5)!


if __name__ == "__main__":
    main()
