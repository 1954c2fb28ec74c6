# /// script
# dependencies = ["distributed"]
#
# [tool.live]
# timeout = 120
# reads = ["harbour.txt"]
# ///

"""Count words with Dask: the shares are put on the workers, and the counting goes to where they are."""

import re
from collections import Counter
from pathlib import Path

from distributed import wait
from local_cluster import local_cluster

TEXT = Path(__file__).with_name("harbour.txt")


def count(lines: list[str]) -> Counter[str]:
    return Counter(re.findall(r"\w+", "\n".join(lines).lower()))


def main() -> None:
    lines = TEXT.read_text(encoding="utf-8").splitlines()
    with local_cluster(workers=2) as (client, _):
        shares = client.scatter([lines[0::2], lines[1::2]])  # (1)!
        counts = client.map(count, shares)  # (2)!
        wait(counts)
        place = client.who_has()  # (3)!
        stayed = [place[count.key] == place[share.key] for count, share in zip(counts, shares, strict=True)]
        whole = client.submit(sum, counts, Counter()).result()  # (4)!
    print(f"{whole.total()} words, {len(whole)} different: {whole.most_common(3)}")
    print(f"the same as one Counter over all lines: {whole == count(lines)}")
    print(f"each share was counted where it lay: {all(stayed)}")


if __name__ == "__main__":
    main()
