"""A small book that somebody edits at random, and what a server of it has to show afterwards."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random

from tests.conftest import like_the_real_one
from tests.faults.shown import Page, Program, Seen
from tests.project import Project

LANGUAGES = {"zh": "", "en": "en/"}
"""The folder of each language's pages, and where in the site they are."""
MOST = 4
"""Pages that are added before one has to go."""


class Book:
    """Pages and programs as they should be, on the disk and on the site."""

    def __init__(self, root: Path, random: Random) -> None:
        self.project, self.random, self.numbers = without_third_language(like_the_real_one(root)), random, count(1)
        self.programs = [Program(f"snippets/turns/p{number}.py", next(self.numbers)) for number in range(4)]
        for program in self.programs:
            self._save_program(program)
        self.lasting = [self._new_page(both=True, shows=self.programs[start : start + 2]) for start in (0, 2)]
        self.added: list[Page] = []
        self.gone: set[str] = set()
        self.runs = len(self.programs) + 1
        """How many a server needs in all. The one more is that of the page that nobody edits."""
        self.in_hand: set[Program | Page] = set()
        """Edited since the last `look_at`: left alone until then. What a program was meanwhile may run or not, and of a
        page that came and went nobody notices anything."""
        self.to_see: set[str] = set()
        """Addresses where the edits since then have to be seen."""

    def edit(self) -> str:
        """Do one edit of a random kind, and say which: `renamed: one.py to other.py`."""
        kinds: list[Callable[[], str | None]] = [
            self._reword,
            self._change_output,
            self._break_or_mend,
            self._set_back,
            self._touch,
            self._rename,
            self._add_page,
            self._remove_page,
        ]
        while not (done := self.random.choice(kinds)()):
            pass
        return done

    def look_at(self) -> set[str]:
        """The addresses where something has changed since this was asked for the last time."""
        seen, self.to_see = self.to_see, set()
        self.in_hand.clear()
        return seen

    def addresses(self) -> set[str]:
        """All that the book has or had."""
        return {at for page in [*self.lasting, *self.added] for at in _addresses(page.name)} | self.gone

    def expected(self, address: str) -> Seen | None:
        """What has to be seen there; None where there is nothing."""
        language = "en" if address.startswith("en/") else "zh"
        name = address.removeprefix(LANGUAGES[language]).rstrip("/")
        for page in [*self.lasting, *self.added]:
            if page.name == name:
                return page.seen(language)
        return None

    def _reword(self) -> str:
        page = self.random.choice([*self.lasting, *self.added])
        language = self.random.choice(sorted(page.words))
        page.words[language] = self._word()
        self._save_page(page, language)
        self.to_see |= set(_addresses(page.name))
        return f"reworded: {language}/{page.name}.md"

    def _change_output(self) -> str | None:
        if program := self._free(lambda program: program.exit_code == 0):
            # The store has its last few runs only: what it was set back to may be older than those.
            self._become(program, next(self.numbers), before=program.number if program.has_run else None)
        return program and f"new output: {program.path}"

    def _break_or_mend(self) -> str | None:
        if program := self._free(lambda _: True):
            self._become(program, next(self.numbers), exit_code=3 if program.exit_code == 0 else 0)
        return program and f"{'broken' if program.exit_code else 'mended'}: {program.path}"

    def _set_back(self) -> str | None:
        if program := self._free(lambda program: program.before is not None):
            assert program.before is not None
            self._become(program, program.before, has_run=False)
        return program and f"set back: {program.path}"

    def _touch(self) -> str | None:
        if program := self._free(lambda _: True):
            os.utime(self.project.root / program.path)
            self._see(program)
        return program and f"touched: {program.path}"

    def _rename(self) -> str | None:
        if program := self._free(lambda _: True):
            old, program.path = program.path, f"snippets/turns/p{next(self.numbers)}.py"
            (self.project.root / old).rename(self.project.root / program.path)
            for page in self._pages_of(program):
                for language in page.words:
                    self._save_page(page, language)
            self.runs += 1
            program.before, program.has_run = None, True
            self._see(program)
        return program and f"renamed: {old} to {program.path}"

    def _add_page(self) -> str | None:
        if len(self.added) == MOST:
            return None
        shows = self.random.sample(self.programs, self.random.randint(0, 2))
        page = self._new_page(both=self.random.random() < 0.5, shows=shows)
        self.added.append(page)
        self.in_hand.add(page)
        self.to_see |= set(_addresses(page.name))
        return f"new page: {page.name}.md in {' and '.join(page.words)}"

    def _remove_page(self) -> str | None:
        removable = [page for page in self.added if page not in self.in_hand]
        if not removable:
            return None
        page = self.random.choice(removable)
        languages = ["en"] if len(page.words) > 1 and self.random.random() < 0.5 else list(page.words)
        for language in languages:
            self._file(page, language).unlink()
        if languages == ["en"]:
            del page.words["en"]
        else:
            self.added.remove(page)
            self.gone |= set(_addresses(page.name))
        self.to_see |= set(_addresses(page.name))
        return f"removed page: {page.name}.md in {' and '.join(languages)}"

    def _free(self, fits: Callable[[Program], bool]) -> Program | None:
        free = [program for program in self.programs if program not in self.in_hand and fits(program)]
        return self.random.choice(free) if free else None

    def _become(
        self, program: Program, number: int, *, exit_code: int = 0, before: int | None = None, has_run: bool = True
    ) -> None:
        program.number, program.exit_code, program.before, program.has_run = number, exit_code, before, has_run
        self.runs += has_run
        self._save_program(program)
        self._see(program)

    def _see(self, program: Program) -> None:
        self.in_hand.add(program)
        self.to_see |= {at for page in self._pages_of(program) for at in _addresses(page.name)}

    def _pages_of(self, program: Program) -> Iterator[Page]:
        return (page for page in [*self.lasting, *self.added] if program in page.programs)

    def _new_page(self, *, both: bool, shows: list[Program]) -> Page:
        page = Page(f"page{next(self.numbers)}", {language: self._word() for language in LANGUAGES}, shows)
        if not both:
            del page.words["en"]
        for language in page.words:
            self._save_page(page, language)
        return page

    def _word(self) -> str:
        return f"word{next(self.numbers)}"

    def _file(self, page: Page, language: str) -> Path:
        return self.project.root / "docs" / language / f"{page.name}.md"

    def _save_page(self, page: Page, language: str) -> None:
        self._save(self._file(page, language), page.text(language))

    def _save_program(self, program: Program) -> None:
        self._save(self.project.root / program.path, program.source)

    def _save(self, file: Path, text: str) -> None:
        """As editors do it: a program that is half written would be one more to run."""
        unfinished = self.project.root / "unfinished"
        unfinished.write_text(text, encoding="utf-8")
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.replace(file)


def without_third_language(project: Project) -> Project:
    """The project in two languages: a third costs each build half as much again, and shows nothing new here."""
    settings = project.root / "mkdocs.yml"
    text, left_out = re.subn(r"(?m)^ *- \{locale: fr, .*\n", "", settings.read_text(encoding="utf-8"))
    assert left_out == 1
    settings.write_text(text, encoding="utf-8")
    return project


def _addresses(name: str) -> list[str]:
    return [f"{root}{name}/" for root in LANGUAGES.values()]
