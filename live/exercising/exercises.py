"""Which exercises there are, and where each of them has its files."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from live.errors import LiveError
from live.snippet import FOLDER

COPIES = "exercises"
"""Folder of the project root where readers edit, which git ignores: an exercise that is solved there changes nothing
of what the pages show and the tests look at."""
MENDED = "_mended"
"""What the name of the mended program ends with. It lies beside the broken one: `diff` shows what was to be done."""
CHAPTERS = (
    *("threads", "locks", "event", "processes"),
    *("synchronisation", "deadlocks", "gil", "between", "pools"),
    *("coroutines", "aio", "combined", "mpi", "cluster"),
)
"""In the order of the pages; exercises of other chapters come behind, by the alphabet."""


@dataclass(frozen=True)
class Exercise:
    """A broken program that somebody is to mend."""

    root: Path
    """The project root."""
    name: str
    """`locks/two_withdrawals`"""

    @property
    def chapter(self) -> str:
        """`locks`, which is also the module of tests/exercises that has its check."""
        return self.name.partition("/")[0]

    @property
    def check(self) -> str:
        """Name of the function that checks it."""
        return self.name.partition("/")[2]

    @property
    def broken(self) -> Path:
        """The program on the page."""
        return self.root / FOLDER / COPIES / f"{self.name}.py"

    @property
    def mended(self) -> Path:
        """The solution on the page."""
        return self.broken.with_name(f"{self.check}{MENDED}.py")

    @property
    def copy(self) -> Path:
        """Where the reader edits."""
        return self.root / COPIES / f"{self.name}.py"

    def begin(self) -> bool:
        """Make the reader's copy if there is none yet; whether one was made."""
        if self.copy.exists():
            return False
        self.copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.broken, self.copy)
        return True

    def __str__(self) -> str:
        return self.name


def exercises(root: Path) -> list[Exercise]:
    """All of them, in order."""
    folder = root / FOLDER / COPIES
    files = [file for file in folder.glob("*/*.py") if not file.stem.endswith(MENDED)]
    names = [file.relative_to(folder).with_suffix("").as_posix() for file in files]
    return [Exercise(root, name) for name in sorted(names, key=_order)]


def find(root: Path, name: str) -> Exercise:
    """The exercise of that name; its chapter may be left out, and it may be given as the path of one of its files.

    Raises:
        LiveError: There is none; the message has the nearest name.
    """
    known = {exercise.name: exercise for exercise in exercises(root)}
    plain = name.removesuffix(".py").removesuffix(MENDED).removeprefix(f"{FOLDER}/").removeprefix(f"{COPIES}/")
    found = [known[one] for one in known if plain in (one, one.partition("/")[2])]
    if len(found) == 1:
        return found[0]
    if found:
        raise LiveError(f"{name}: there are several: {', '.join(map(str, found))}")
    short = {one.partition("/")[2]: one for one in known}
    close = get_close_matches(plain, [*known, *short], n=1, cutoff=0.4)
    nearest = f"Did you mean {short.get(close[0], close[0])}?" if close else "make exercise lists all there are."
    raise LiveError(f"{name}: there is no such exercise. {nearest}")


def _order(name: str) -> tuple[int, str]:
    chapter = name.partition("/")[0]
    return (CHAPTERS.index(chapter) if chapter in CHAPTERS else len(CHAPTERS), name)
