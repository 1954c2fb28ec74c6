"""The command line behind `make translations`, and behind a part of `make lint`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from live.errors import LiveError
from live.translating import command

DOCS = "docs"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 1 for differences that should not be, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m live.translating", description=command.__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--accept", metavar="PAGE.md#SECTION", help="keep that both languages say the same now")
    what.add_argument(
        "--typo", metavar="PAGE.md#SECTION", help="keep that the original's change concerns no translation"
    )
    what.add_argument("--check", action="store_true", help="print what differs; fail where it should not")
    options = parser.parse_args(arguments)
    docs = Path.cwd() / DOCS
    try:
        if not docs.is_dir():
            raise LiveError(f"{docs.parent}: there is no folder {DOCS}/ here; change into the project first")
        if options.check:
            return command.check(docs)
        if options.accept:
            command.accept(docs, options.accept)
        elif options.typo:
            command.typo(docs, options.typo)
        else:
            command.show(docs)
    except LiveError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
