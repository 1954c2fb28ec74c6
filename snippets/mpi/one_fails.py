# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# needs = ["mpiexec"]
# ///

"""One rank fails, and the whole world is ended."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

WORLD = """
from mpi4py import MPI

world = MPI.COMM_WORLD
if world.Get_rank() == 0:
    world.recv(source=1)
    print("rank 0 goes on")
else:
    raise RuntimeError("rank 1 gives up")
"""  # (1)!


def main() -> None:
    places = [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    mpiexec = shutil.which("mpiexec", path=os.pathsep.join(places)) or "mpiexec"  # (2)!
    command = [mpiexec, "-n", "2", sys.executable, "-m", "mpi4py", "-c", WORLD]  # (3)!
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    print(f"exit code of mpiexec: {ran.returncode}")
    print(f"rank 0 went on: {'goes on' in ran.stdout}")


if __name__ == "__main__":
    main()
