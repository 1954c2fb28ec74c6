# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = ["py-spy"]
#
# [tool.live]
# needs = ["py-spy", "ptrace"]
# ///

"""Another process hangs, and py-spy tells from outside where its threads stand."""

import ctypes
import os
import shutil
import sys
from pathlib import Path
from subprocess import PIPE, Popen, check_output
from threading import Barrier, Lock, Thread


def take_both(first: Lock, second: Lock, meet: Barrier) -> None:
    with first:
        meet.wait()
        second.acquire()  # (1)!


def hang() -> None:
    ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)  # (2)!
    a, b, meet = Lock(), Lock(), Barrier(2)
    one = Thread(target=take_both, args=(a, b, meet), name="A then B")
    Thread(target=take_both, args=(b, a, meet), name="B then A").start()
    one.start()
    one.join(0.3)
    print("hangs", flush=True)  # (3)!


def main() -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    py_spy = shutil.which("py-spy", path=path) or sys.exit("py-spy was not found")
    command = [sys.executable, "-I", __file__, "hang"]  # (4)!
    with Popen(command, stdout=PIPE, text=True) as child:
        try:
            print("the child", child.stdout.readline(), end="")
            dump = check_output([py_spy, "dump", "--pid", str(child.pid)], text=True)
            print(dump[dump.index("Thread") :], end="")
        finally:
            child.kill()


if __name__ == "__main__":
    hang() if sys.argv[1:] == ["hang"] else main()
