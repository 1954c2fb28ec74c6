# /// script
# [tool.live]
# needs = ["mpiexec", "mpicc", "cc"]
# reads = ["hello.c", "ring.c", "pi.c", "scatter.c"]
# ///

"""Compile the four C programs with mpicc, and run each of them as four processes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAMS = ["hello", "ring", "pi", "scatter"]
STRICT = ["-Wall", "-Wextra", "-Werror"]  # (1)!
PLACES = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def output_of(command: str, *arguments: str | Path) -> str:
    found = shutil.which(command, path=PLACES) or command  # (2)!
    return subprocess.run([found, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout  # (3)!


def main() -> None:
    with TemporaryDirectory() as folder:
        for name in PROGRAMS:
            source, program = Path(__file__).with_name(f"{name}.c"), Path(folder, name)
            output_of("mpicc", *STRICT, "-o", program, source)
            print(f"{name}.c:")
            print(output_of("mpiexec", "-n", "4", program), end="")


if __name__ == "__main__":
    main()
