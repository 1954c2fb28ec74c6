"""`make held-up` tells programs whose output is a matter of luck from those whose output is not."""

from __future__ import annotations

from live.snippet import Snippet
from tests.held_up import hold_up
from tests.project import Project

FIRST = """
import threading

order = []
threads = [threading.Thread(target=order.append, args=(name,)) for name in ("A", "B")]
for thread in threads:
    thread.start(){}
for thread in threads:
    thread.join()
print("first:", order[0])
"""


def test_only_what_depends_on_who_goes_first_says_something_else_when_held_up(project: Project) -> None:
    lucky, sure = (
        hold_up(Snippet.load(project.root, project.snippet(f"a/{name}", FIRST.format(more))), times=40, seconds=0.02)
        for name, more in (("lucky", ""), ("sure", "; thread.join()"))
    )
    assert sure.usual == "first: A\n(exit code 0)"
    assert sure.others == ()
    assert "first: B\n(exit code 0)" in {lucky.usual, *lucky.others}
    assert lucky.others
