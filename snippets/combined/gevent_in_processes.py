# /// script
# # ruff: noqa: E402
# dependencies = ["gevent"]
#
# [tool.live]
# reads = ["meeting_server.py"]
# ///
"""Two processes with three greenlets each: six requests are open at once."""

from gevent import monkey

monkey.patch_all()  # (1)!

import multiprocessing
import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from urllib import request

import gevent

SERVER = [sys.executable, str(Path(__file__).with_name("meeting_server.py")), "6"]  # (2)!


def f(url: str) -> str:
    with request.urlopen(url) as resp:
        return resp.read().decode()


def work(site: str, answers) -> None:
    greenlets = [gevent.spawn(f, f"{site}/{name}") for name in ("itk", "github", "zhihu")]
    gevent.joinall(greenlets, raise_error=True)  # (3)!
    answers.put(f"pid {os.getpid()}: {[greenlet.value for greenlet in greenlets]}")


def main() -> None:
    context = multiprocessing.get_context("spawn")  # (4)!
    answers = context.SimpleQueue()
    with Popen(SERVER, stdin=PIPE, stdout=PIPE, text=True) as server:
        site = server.stdout.readline().strip()
        processes = [context.Process(target=work, args=(site, answers)) for _ in range(2)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
            print(answers.get())
    print(f"pid {os.getpid()}: the parent")


if __name__ == "__main__":
    main()
