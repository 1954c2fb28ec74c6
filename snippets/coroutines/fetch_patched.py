# /// script
# # ruff: noqa: E402
# dependencies = ["gevent"]
#
# [tool.live]
# reads = ["slow_server.py"]
# ///
"""The notes' three fetches, together and one by one, with gevent's patches."""

from gevent import monkey

monkey.patch_all()  # (1)!

import sys
import time
from pathlib import Path
from subprocess import PIPE, Popen
from urllib import request

import gevent

SERVER = [sys.executable, str(Path(__file__).with_name("slow_server.py"))]
NAMES = ("itk", "github", "zhihu")


def f(url: str) -> None:
    print(f"GET: {url}")
    with request.urlopen(url) as resp:
        data = resp.read()  # (2)!
    print(f"{len(data)} bytes received from {url}.")


def together(site: str) -> None:
    gevent.joinall([gevent.spawn(f, f"{site}/{name}") for name in NAMES])  # (3)!


def one_by_one(site: str) -> None:
    for name in NAMES:
        f(f"{site}/{name}")


def main() -> None:
    with Popen(SERVER, stdin=PIPE, stdout=PIPE, text=True) as server:  # (4)!
        site = server.stdout.readline().strip()
        for way in (together, one_by_one):
            start = time.perf_counter()
            way(site)
            took = time.perf_counter() - start
            peak = request.urlopen(f"{site}/peak").read().decode()
            print(f"{way.__name__}: {took:.2f} s, most requests open at once: {peak}")


if __name__ == "__main__":
    main()
