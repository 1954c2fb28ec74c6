"""The markdown-exec formatter for `python` blocks: runs nothing, shows the recording of the program's file."""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown_exec import base_format
from markupsafe import Markup

from live.pages.failures import SOURCES
from live.pages.scan import Use
from live.rendering.program import START_OF_RUN
from live.snippet import Snippet

USE = "use"
"""Option that the plugin adds to each program's fence: which of the page's uses it is."""

# markdown-exec renders each block as a page of its own, so pymdownx.highlight numbers them all 0.
_FIRST_LINE = re.compile(r"(?<=\")(__span)-0-(?=\d)")
# The search leads to a program's first line. Names of all the others would be a twentieth of what a page weighs.
_LINE = re.compile(r'<span id="__span-0-\d+">')
# A browser can count for itself (assets/live.css): numbers in every line would be another twentieth.
_NUMBER = re.compile(r'<span class="linenos" data-linenos="[ \d]+"></span>')

# Names, spaces and punctuation look like what is not marked at all; they are most of the marks.
_UNSEEN = re.compile(r'<span class="[nwp]">([^<]*)</span>')

# Marks a line that a list below the program explains; where a page has no such list it would only be noise.
_MARKER = re.compile(r"[ \t]*# \(\d+\)!$", re.MULTILINE)

_WRAPPED = Markup('<div class="live-program" style="--live-lines: {}; --live-before: {}">{}</div>')
"""With the number of its lines, so that a browser knows how high they are before it lays them out (assets/live.css),
and of those before them in the file, from where it counts."""


def format_program(use: Use, snippet: Snippet | None, shown: Markup, *, name: str, **options: Any) -> str:
    """Show one block: code and run, in the order that its `source` option asks for.

    Args:
        use: The block.
        name: Unique on the page; the ids of the block's lines are made of it.
        snippet: Its program; None where there is no such file.
        shown: The HTML of the run, or what stands for it.
        options: What markdown-exec hands to each formatter.
    """
    code, first_line = _shown(use, snippet, options.pop("code"))
    if not use.explained:
        code = _MARKER.sub("", code)
    extra = dict(options.pop("extra", {}))
    extra.pop(USE, None)
    extra.setdefault("title", use.path or use.place)
    extra.setdefault("linenums", str(first_line))
    if options.get("source") not in SOURCES:
        options["source"] = SOURCES[0]
    md: Markdown = options.pop("md")
    for decided_here in ("html", "returncode", "workdir", "width", "session", "update_toc"):
        options.pop(decided_here, None)

    def run(*_: Any, **__: Any) -> Markup:
        return Markup(START_OF_RUN) + shown

    # A run has no headings; and to look for them markdown-exec keeps each page's Markdown for ever, with all files.
    html = base_format(
        language="python", run=run, code=code, md=md, html=True, update_toc=False, extra=extra, **options
    )
    named = _LINE.sub("<span>", _FIRST_LINE.sub(rf"\1-{name}-", html, count=1))
    light = _UNSEEN.sub(r"\1", _NUMBER.sub("", named))
    return str(_WRAPPED.format(len(code.splitlines()), first_line - 1, Markup(light)))


def _shown(use: Use, snippet: Snippet | None, code: str) -> tuple[str, int]:
    """The code that the page shows, and the number of its first line in the file.

    The metadata at the top of a file is for the engine, not for the reader.
    """
    if snippet is None:
        return code, 1
    shown, source = code.splitlines(), [line.rstrip() for line in snippet.source.splitlines()]
    if not use.part:
        return "\n".join(shown[snippet.metadata_lines :]), snippet.metadata_lines + 1
    wanted = [line.strip() for line in shown]
    there = [line.strip() for line in source]
    for start in range(len(there) - len(wanted) + 1):
        if there[start : start + len(wanted)] == wanted:
            return code, start + 1
    return code, 1
