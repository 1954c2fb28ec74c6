"""Programs and pages of a small book: what is in their files, and what a reader sees of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.project import block, outputs

SOURCE = """\
from threading import Lock, Thread

lock = Lock()


def work() -> None:
    with lock:
        print("turn", {number} + 10_000)


thread = Thread(target=work, name="worker")
thread.start()
thread.join()
raise SystemExit({exit_code})
"""


@dataclass(eq=False)
class Program:
    path: str
    number: int
    exit_code: int = 0
    before: int | None = None
    """What it can be set back to without another run."""
    has_run: bool = True
    """Whether it ran in order to become what it is; otherwise it was set back to that."""

    @property
    def source(self) -> str:
        """What is in its file."""
        return SOURCE.format(number=self.number, exit_code=self.exit_code)

    @property
    def printed(self) -> str:
        """Its source does not contain this: no page shows it before the program ran."""
        return f"turn {self.number + 10_000}"


@dataclass(eq=False)
class Page:
    name: str
    words: dict[str, str]
    """By language, what it says; in one that is missing, the site shows the Chinese page."""
    programs: list[Program]

    def text(self, language: str) -> str:
        """What is in its file of that language."""
        shown = "\n".join(block(program.path) for program in self.programs)
        head = f"---\ndescription: {self.name}\n---\n\n# {self.name}\n"
        return f"{head}\n*{self.words[language]}*\n\n{shown}"

    def seen(self, language: str) -> Seen:
        """What has to be seen of it in that language."""
        broken = sum(program.exit_code != 0 for program in self.programs)
        words = self.words.get(language, self.words["zh"])
        return Seen([words], [program.printed for program in self.programs], broken)


@dataclass(frozen=True)
class Seen:
    """What a reader sees of a page."""

    words: list[str]
    printed: list[str]
    failures: int

    @classmethod
    def on(cls, html: str) -> Seen:
        """What that page shows."""
        words = re.findall(r"<em>(word\d+)</em>", html)
        return cls(words, [text.strip() for text in outputs(html)], html.count('class="live-failure"'))
