"""Finds the programs that a page shows, by reading its text.

The fences are those of pymdownx.superfences, the includes those of pymdownx.snippets, and the options those of
markdown-exec. Rendering would find the same blocks, but only page after page, and without line numbers; all
programs have to be known beforehand so that they can run side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LANGUAGES = frozenset({"python", "py"})

_OPEN = re.compile(
    r"""^(?P<indent>[>\ \t]*)(?P<fence>~{3,}|`{3,})[\ \t]*\.?(?P<language>[\w#.+-]+)
    (?P<options>(?:[\ \t]+[a-zA-Z]\w*(?:=(?:"[^"]*"|'[^']*'))?)*)[\ \t]*$""",
    re.VERBOSE,
)
_ANY_OPEN = re.compile(r"^[> \t]*(?P<fence>~{3,}|`{3,})[^`]*$")
_OPTION = re.compile(r"""([a-zA-Z]\w*)(?:=(?:"([^"]*)"|'([^']*)'))?""")
_INCLUDE = re.compile(r"""^[> \t]*-+8<-+[ \t]+(["'])(?P<path>[^"':]+\.py)(?P<part>:[^"']*)?\1[ \t]*$""")
_LISTED = re.compile(r"^[> \t]*1\.[ \t]")


@dataclass(frozen=True)
class Use:
    """A block on a page that shows a program."""

    page: str
    """Path of the page, for messages: `docs/zh/threading.md`."""
    line: int
    """Line of the opening fence in the text that was scanned, from 1."""
    path: str | None
    """Path of the included snippet; None where the block includes none."""
    include: int | None = None
    """Line of the include, from 1."""
    part: bool = False
    """Whether only a part of the file is shown."""
    explained: bool = False
    """Whether a list follows that explains the lines which the program marks with `# (1)!`."""
    options: dict[str, str] = field(default_factory=dict)
    """The fence's options as written; an option without a value has an empty one."""

    @property
    def place(self) -> str:
        """`docs/zh/threading.md:42`."""
        return f"{self.page}:{self.line}"

    @property
    def as_written(self) -> tuple[object, ...]:
        """All that it says, wherever on the page it stands."""
        return self.path, self.part, self.explained, self.options

    @property
    def exit_code(self) -> int | None:
        """The exit code that the page expects; None where what it says is no number."""
        try:
            return int(self.options.get("returncode", "0"))
        except ValueError:
            return None


def uses(text: str, page: str) -> list[Use]:
    """All program blocks in the text of a page, in order."""
    lines = text.splitlines()
    found = []
    position = 0
    while position < len(lines):
        end = fence_end(lines, position)
        if end is None:
            position += 1
            continue
        use = _use(lines, position, end, page)
        if use:
            found.append(use)
        position = end + 1
    return found


def fence_end(lines: list[str], start: int) -> int | None:
    """Index of the fence that closes the one at `start`, if one opens there and is closed at all."""
    opened = _ANY_OPEN.match(lines[start])
    if not opened:
        return None
    closing = re.compile(rf"^[> \t]*{opened['fence']}[ \t]*$")
    return next((index for index in range(start + 1, len(lines)) if closing.match(lines[index])), None)


def _use(lines: list[str], start: int, end: int, page: str) -> Use | None:
    opened = _OPEN.match(lines[start])
    if not opened or opened["language"] not in LANGUAGES:
        return None
    options = {name: double or single for name, double, single in _OPTION.findall(opened["options"])}
    if options.get("exec", "no").lower() in {"", "no", "off", "false", "0"}:
        return None
    includes = [(index, _INCLUDE.match(lines[index])) for index in range(start + 1, end)]
    for index, include in includes:
        if include:
            explained = _explained(lines, end)
            return Use(page, start + 1, include["path"], index + 1, bool(include["part"]), explained, options)
    return Use(page, start + 1, None, options=options)


def _explained(lines: list[str], end: int) -> bool:
    following = next((line for line in lines[end + 1 :] if line.strip()), "")
    return _LISTED.match(following) is not None
