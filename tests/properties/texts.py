"""Random texts: what programs print, and what they call their threads."""

from __future__ import annotations

from hypothesis import strategies as st

NASTY = (
    "</pre><script>alert(1)</script>",
    "</textarea></title></style></script></svg></code>",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<!-- live:run -->",
    "&amp;&lt;&#0;&",
    "\"'` onload=x",
    "{{ 7 * 7 }}{% raw %}",
    "{}{0}{x!r:>9}%s",
    "\x1b[31mred\x1b[0m",
    "\x1b[38;5;999;1m",
    "\x1b[38;2;1;2;3m\x1b[7m",
    "\x1b[2J\x1b[H",
    "\x1b]0;title\x07",
    "\x1b]8;;javascript:alert(1)\x1b\\link\x1b]8;;\x1b\\",
    "\x1b",
    "\x1b[",
    "\x9b31m",
    "\r",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "\v\f\x1c\x1d\x1e\x85\u2028\u2029",
    "\0",
    "\x7f",
    "\ufffe\uffff\U0001fffe",
    "\ufeff\u200b\u202e",
    "死锁 RLock 全局解释器锁",
    "🧵",
    "",
)
"""Text that somebody may forget to escape."""
NOT_UTF8 = tuple(chr(0xDC00 + byte) for byte in (0x80, 0xC3, 0xFF))
"""Bytes that are not UTF-8, as `surrogateescape` makes them."""
LONE = ("\ud800", "\udc00", "\udfff", "\ud83d\ude00")
"""Other surrogates: Python has them in names, but no file can."""


def _mixed(characters: st.SearchStrategy[str], *fragments: str) -> st.SearchStrategy[str]:
    return st.lists(st.text(characters, max_size=8) | st.sampled_from(fragments), max_size=4).map("".join)


def printed() -> st.SearchStrategy[str]:
    """What a piece of output may be: any text, and bytes that are none."""
    return _mixed(st.characters(codec="utf-8"), *NASTY, *NOT_UTF8)


def names() -> st.SearchStrategy[str]:
    """What a program may call its threads, tasks and locks: any string that Python has."""
    return st.sampled_from(("main", "Thread-1 (work)", "Process-2", "")) | _mixed(
        st.characters(exclude_categories=()), *NASTY, *NOT_UTF8, *LONE
    )
