# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "2"]
# reads = ["harbour.txt"]
# ///

"""Count words with MPI: rank 0 scatters the lines, each rank counts its share, reduce adds up the counters."""

import re
from collections import Counter
from pathlib import Path

from mpi4py import MPI

TEXT = Path(__file__).with_name("harbour.txt")


def count(lines: list[str]) -> Counter[str]:
    return Counter(re.findall(r"\w+", "\n".join(lines).lower()))


def main() -> None:
    world = MPI.COMM_WORLD
    lines, shares = [], None
    if world.Get_rank() == 0:
        lines = TEXT.read_text(encoding="utf-8").splitlines()  # (1)!
        shares = [lines[rank :: world.Get_size()] for rank in range(world.Get_size())]
    share = world.scatter(shares, root=0)  # (2)!
    whole = world.reduce(count(share), op=MPI.SUM, root=0)  # (3)!
    if world.Get_rank() == 0:
        print(f"{whole.total()} words, {len(whole)} different: {whole.most_common(3)}")
        print(f"the same as one Counter over all lines: {whole == count(lines)}")


if __name__ == "__main__":
    main()
