# /// script
# dependencies = ["gevent"]
#
# [tool.live]
# reads = ["slow_server.py"]
# ///
"""The same three fetches with gevent, but without its patches."""

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
        data = resp.read()  # (1)!
    print(f"{len(data)} bytes received from {url}.")


def together(site: str) -> None:
    gevent.joinall([gevent.spawn(f, f"{site}/{name}") for name in NAMES])


def main() -> None:
    with Popen(SERVER, stdin=PIPE, stdout=PIPE, text=True) as server:
        site = server.stdout.readline().strip()
        start = time.perf_counter()
        together(site)
        took = time.perf_counter() - start
        peak = request.urlopen(f"{site}/peak").read().decode()
        print(f"together: {took:.2f} s, most requests open at once: {peak}")


if __name__ == "__main__":
    main()
