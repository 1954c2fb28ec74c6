"""Shared memory that nobody removes, and what the resource tracker says."""

import re
import subprocess
import sys
from multiprocessing.shared_memory import SharedMemory


def broken() -> None:
    block = SharedMemory(create=True, size=16)
    block.close()  # (1)!


def mended() -> None:
    block = SharedMemory(create=True, size=16)
    try:
        block.buf[0] = 42
    finally:
        block.close()
        block.unlink()  # (2)!


def run(way: str) -> str:
    command = [sys.executable, __file__, way]
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)  # (3)!
    said = re.findall(r"resource_tracker: .*", done.stderr)
    return re.sub(r"/psm_\w+", "/psm_…", said[0]) if said else "nothing is said"


def main() -> None:
    if len(sys.argv) > 1:
        {"broken": broken, "mended": mended}[sys.argv[1]]()  # (4)!
    else:
        print("broken:", run("broken"))
        print("mended:", run("mended"))


if __name__ == "__main__":
    main()
