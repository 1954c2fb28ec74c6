"""Makes the files that a new program or a new page needs; nothing is written before everything is known to be right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from live.errors import LiveError
from live.pages.scan import uses
from live.snippet import FOLDER
from live.translating.pairs import ORIGINAL
from live.translating.sections import sections

NAME = re.compile(r"[a-z][a-z0-9_]*")
PAGE = re.compile(r"[a-z][a-z0-9-]*")
LANGUAGES = (ORIGINAL, "en")
"""Those that a beginning is written in; further ones take it from the original until somebody translates it."""
COLLECTIONS = frozenset({"errata.md"})
"""Pages that show programs of all chapters, and so are the page of none."""
SUMMARY = "summary"
"""Id of the section that a page ends with."""
NAV_END = "  - 勘误: errata.md\n"
"""What comes after the chapters in mkdocs.yml."""


@dataclass
class Beginning:
    """What is to be written, and what is to be done then."""

    texts: dict[Path, str] = field(default_factory=dict)
    """By file."""
    then: list[str] = field(default_factory=list)

    def write(self) -> None:
        """Write all files."""
        for file, text in self.texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


def new_snippet(root: Path, name: str, page: str = "") -> Beginning:
    """A program, its test, and its blocks on the page in both languages.

    Args:
        root: The project.
        name: `locks/turns`.
        page: `locks.md`; where it is not given, the page that shows the other programs of the chapter.

    Raises:
        LiveError: The name is not one, or is taken, or there is no such page.
    """
    plain = name.removeprefix(f"{FOLDER}/").removesuffix(".py")
    chapter, _, program = plain.partition("/")
    if not (NAME.fullmatch(chapter) and NAME.fullmatch(program)):
        raise LiveError(
            f"{name or 'no name'}: name the program as chapter/name in small letters, for example locks/take_turns"
        )
    path = f"{FOLDER}/{plain}.py"
    test = root / f"tests/snippets/test_{chapter}_{program}.py"
    for file in (root / path, test):
        if file.exists():
            raise LiveError(f"{file.relative_to(root)}: is there already; take another name")
    shown = page or _page_of(root, chapter)
    made = Beginning()
    made.texts[root / path] = _template("snippet.py.txt")
    made.texts[test] = _template("test.py.txt", chapter=chapter, name=program)
    for language in LANGUAGES:
        file = root / "docs" / language / shown
        if not file.is_file():
            begin = f"make new-page {shown.removesuffix('.md')}"
            raise LiveError(f"docs/{language}/{shown}: there is no such page; begin one with: {begin}")
        block = _template(f"block.{language}.md", id=program.replace("_", "-"), path=path)
        made.texts[file] = _before_summary(file.read_text(encoding="utf-8"), block)
    made.then = [
        f"Write the program ({path}), and what it promises ({test.relative_to(root)}).",
        f"Write the text around it on both pages: docs/{ORIGINAL}/{shown} and docs/en/{shown}. One language is enough.",
        f"When both say the same: make translations ACCEPT={shown}#{program.replace('_', '-')}",
        "Look at it with make serve; then: make check",
    ]
    return made


def new_page(root: Path, name: str) -> Beginning:
    """A page in both languages, and its place in the navigation.

    Args:
        root: The project.
        name: `thread-pools`.

    Raises:
        LiveError: The name is not one, or is taken, or mkdocs.yml is not as it was.
    """
    plain = name.removeprefix(f"docs/{ORIGINAL}/").removesuffix(".md")
    if not PAGE.fullmatch(plain):
        raise LiveError(f"{name or 'no name'}: name the page in small letters with hyphens, for example thread-pools")
    made = Beginning()
    for language in LANGUAGES:
        file = root / "docs" / language / f"{plain}.md"
        if file.exists():
            raise LiveError(f"{file.relative_to(root)}: is there already; take another name")
        made.texts[file] = _template(f"page.{language}.md", id=plain)
    configuration = root / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    if text.count(NAV_END) != 1:
        raise LiveError(f"mkdocs.yml: the line “{NAV_END.strip()}” of nav is not there; add {plain}.md to nav by hand")
    made.texts[configuration] = text.replace(NAV_END, f"  - {plain}: {plain}.md\n{NAV_END}")
    made.then = [
        f"Write the page: docs/{ORIGINAL}/{plain}.md and docs/en/{plain}.md.",
        f"Give it its title in mkdocs.yml (nav, and nav_translations of each language): the line for {plain}.md.",
        f"Add a program: make new-snippet chapter/name PAGE={plain}.md",
        f"When both languages say the same: make translations ACCEPT={plain}.md",
        "Look at it with make serve; then: make check",
    ]
    return made


def _page_of(root: Path, chapter: str) -> str:
    """The page that shows most of the chapter's programs."""
    pages = sorted((root / "docs" / ORIGINAL).rglob("*.md"))
    shown = {page: uses(page.read_text(encoding="utf-8"), page.name) for page in pages if page.name not in COLLECTIONS}
    counts = {
        page: sum((use.path or "").startswith(f"{FOLDER}/{chapter}/") for use in found) for page, found in shown.items()
    }
    best = max(counts, key=lambda page: counts[page], default=None)
    if best is None or not counts[best]:
        chapters = ", ".join(sorted(folder.name for folder in (root / FOLDER).iterdir() if any(folder.glob("*.py"))))
        raise LiveError(
            f"{FOLDER}/{chapter}: no page shows programs of this chapter. The chapters are: {chapters}. "
            f"For a new one, say on which page: make new-snippet {chapter}/name PAGE=page.md"
        )
    return best.relative_to(root / "docs" / ORIGINAL).as_posix()


def _before_summary(text: str, block: str) -> str:
    *parts, last = sections(text)
    before = "".join(part.text for part in parts)
    return (
        before + block + last.text
        if last.id == SUMMARY and parts
        else text.rstrip("\n") + "\n\n" + block.rstrip("\n") + "\n"
    )


def _template(file: str, **values: str) -> str:
    text = (files("live.contributing") / "templates" / file).read_text(encoding="utf-8")
    return text.format(**values) if values else text
