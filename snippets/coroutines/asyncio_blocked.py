# /// script
# [tool.live]
# reads = ["slow_server.py"]
# ///
"""A blocking call inside `async def` stops the event loop; a thread helps."""

import asyncio
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from urllib import request

SERVER = [sys.executable, str(Path(__file__).with_name("slow_server.py"))]
NAMES = ("itk", "github", "zhihu")


def read(url: str) -> bytes:
    with request.urlopen(url) as resp:
        return resp.read()


async def directly(url: str) -> bytes:
    return read(url)  # (1)!


async def in_a_thread(url: str) -> bytes:
    return await asyncio.to_thread(read, url)  # (2)!


async def fetch_all(site: str) -> None:
    for way in (directly, in_a_thread):
        answers = await asyncio.gather(*(way(f"{site}/{name}") for name in NAMES))  # (3)!
        peak = read(f"{site}/peak").decode()
        print(f"{way.__name__}: bytes {[len(data) for data in answers]}, most requests open at once: {peak}")


def main() -> None:
    with Popen(SERVER, stdin=PIPE, stdout=PIPE, text=True) as server:
        asyncio.run(fetch_all(server.stdout.readline().strip()))


if __name__ == "__main__":
    main()
