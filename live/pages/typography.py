"""Sets Chinese prose as is usual, with spaces beside Latin words and full-width punctuation; leaves code alone.

What is right is autocorrect's business; it knows nothing of indented notes, and would set what is inside of code.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import autocorrect_py

from live.pages.scan import fence_end

PAGES = ("docs/zh/**/*.md", "*.zh.md", "deploy/*.zh.md")
"""Where Chinese is written, seen from the project's root."""


def well_set(text: str) -> str:
    """The page with its prose as it should be."""
    return "".join(right for _, _, right in _lines(text))


def faults(text: str) -> Iterator[tuple[int, str, str]]:
    """Number from 1, text and right text of each line that should be otherwise."""
    return ((number, line.strip(), right.strip()) for number, line, right in _lines(text) if line != right)


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    lines = text.splitlines(keepends=True)
    bare = [line.rstrip("\n") for line in lines]
    code_until = 0
    for index, line in enumerate(lines):
        if index >= code_until and (end := fence_end(bare, index)):
            code_until = end + 1
        right = line
        if index >= code_until and line.strip():
            start = len(line) - len(line.lstrip())
            prose = line.strip()
            right = line[:start] + autocorrect_py.format_for(prose, "page.md") + line[start + len(prose) :]
        yield index + 1, line, right


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is not well set, or mend it; 1 if something is left to be mended."""
    parser = argparse.ArgumentParser(prog="python -m live.pages.typography", description=__doc__)
    parser.add_argument("--mend", action="store_true", help="write the pages as they should be")
    options = parser.parse_args(arguments)
    found = 0
    for file in sorted(file for pattern in PAGES for file in Path.cwd().glob(pattern)):
        text = file.read_text(encoding="utf-8")
        if options.mend:
            if (right := well_set(text)) != text:
                file.write_text(right, encoding="utf-8")
            continue
        for number, line, right in faults(text):
            found += 1
            print(f"{file.relative_to(Path.cwd())}:{number}: {line}\n    should be: {right}")
    if found:
        print("Mend it with: make format")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
