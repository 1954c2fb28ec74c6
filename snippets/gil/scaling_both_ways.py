# /// script
# requires-python = ">=3.13"
#
# [tool.live]
# free-threaded = true
# measure = true
# reads = ["scaling.py"]
# ///
"""The program scaling.py on a free-threaded build, with its GIL switched on and off."""

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("scaling.py")


def main() -> None:
    for gil in (1, 0):
        subprocess.run([sys.executable, "-X", f"gil={gil}", PROGRAM], check=True)


if __name__ == "__main__":
    main()
