"""The command line behind `make new-snippet` and `make new-page`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from live.contributing.new import new_page, new_snippet
from live.errors import LiveError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 2 for bad input, and then nothing is written."""
    parser = argparse.ArgumentParser(prog="python -m live.contributing", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    snippet = what.add_parser("snippet", help="begin a program, its test, and its place on a page in both languages")
    snippet.add_argument("name", nargs="?", default="", help="for example locks/take_turns")
    snippet.add_argument("--page", default="", help="for example locks.md (default: the page of the chapter)")
    page = what.add_parser("page", help="begin a page in both languages")
    page.add_argument("name", nargs="?", default="", help="for example thread-pools")
    options = parser.parse_args(arguments)
    root = Path.cwd()
    try:
        made = new_page(root, options.name) if options.what == "page" else new_snippet(root, options.name, options.page)
        made.write()
    except LiveError as error:
        print(error, file=sys.stderr)
        return 2
    print("Written:", *(str(file.relative_to(root)) for file in made.texts), sep="\n  ")
    print("Now:", *(f"{number}. {step}" for number, step in enumerate(made.then, 1)), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
