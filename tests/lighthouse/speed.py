"""`make speed`: what Lighthouse says of the speed of pages, on the phone and the slow network that it simulates.

It works out the phone from this machine, as one that is four times slower; so its figures are those of one machine, and
of one that has nothing else to do. Lighthouse's own measure of the machine stands beside them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.conftest import CHROMIUM
from tests.conftest import ROOT
from tests.lighthouse.test_lighthouse import IS_HERE, SCORES
from tests.nginx import NGINX, reserved, served

PAGES = ("", "asyncio/", "locks/", "multiprocessing/", "en/", "en/choosing/", "en/glossary/")
"""The home page, the longest chapters, and a page without programs, unless others are named."""
ROUNDS = 3
BLOCKING = "total-blocking-time"


def main(*pages: str) -> None:
    """Print a table."""
    for what, here in (("Chromium", CHROMIUM), ("nginx", NGINX), ("Lighthouse", IS_HERE)):
        if not here:
            sys.exit(f"Cannot be measured here: there is no {what}. `bash .ci/install` and `make lighthouse` bring it.")
    with TemporaryDirectory() as folder, reserved() as port:
        Path(folder).chmod(0o755)  # nginx may run as somebody else
        with served(ROOT / "site", port, Path(folder)) as site:
            addresses = [site.url + page for page in pages for _ in range(ROUNDS)]
            said = subprocess.run([*SCORES, "performance", *addresses], stdout=subprocess.PIPE, text=True, check=True)
    rounds = [json.loads(line) for line in said.stdout.splitlines()]
    if troubled := next((one for one in rounds if one["trouble"]), None):
        sys.exit(f"Lighthouse could not look at {troubled['address']}: {troubled['trouble']}")
    print(f"{'page':<24}{'score':>6}{'blocking':>12}{'machine':>10}   medians of {ROUNDS}")
    for index, page in enumerate(pages):
        mine = rounds[index * ROUNDS : (index + 1) * ROUNDS]
        blocking = [sum(audit["value"] for audit in one["lacking"] if audit["id"] == BLOCKING) for one in mine]
        score = statistics.median(one["scores"]["performance"] for one in mine)
        machine = statistics.median(one["machine"] for one in mine)
        print(f"/{page:<23}{score:>6.2f}{statistics.median(blocking):>9.0f} ms{machine:>10.0f}")


if __name__ == "__main__":
    main(*(page.lstrip("/") for page in sys.argv[1:] or PAGES))
