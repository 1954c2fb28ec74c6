"""The command line behind `make summary`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from live.errors import LiveError
from live.keeping.store import Store
from live.rendering.summary import render_summary
from live.reviewing.summary import summarize
from live.reviewing.touched import changed_since
from live.reviewing.weights import read, write


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m live.reviewing", description="Sums up what a change does.")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site (default: site)")
    parser.add_argument("--store", type=Path, default=Path(".cache/live"), help="recordings (default: .cache/live)")
    parser.add_argument("--base", metavar="COMMIT", default="", help="what to compare with, such as main")
    parser.add_argument("--before", metavar="FILE", type=Path, help="weights of the pages before, if it is there")
    parser.add_argument("--keep", metavar="FILE", type=Path, help="write the weights of the pages to it")
    parser.add_argument("--to", metavar="FILE", type=Path, help="append the summary to it instead of printing it")
    options = parser.parse_args(arguments)
    root = Path.cwd()
    try:
        if not options.site.is_dir():
            raise LiveError(f"{options.site}: there is no built site here; run `make build` first")
        changed = changed_since(root, options.base) if options.base else None
    except LiveError as error:
        print(error, file=sys.stderr)
        return 2
    before = read(options.before) if options.before else None
    summary = summarize(root, site=options.site, store=Store(options.store), changed=changed, before=before)
    if options.keep:
        write(summary.weights, options.keep)
    text = render_summary(summary)
    if options.to:
        with options.to.open("a", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
