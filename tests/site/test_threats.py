"""The threat model names a test for whatever it says is stopped; and what no other test shows is shown here."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from markdown import Markdown
from mkdocs.config import load_config
from pymdownx.snippets import SnippetMissingError

from tests.conftest import ROOT, like_the_real_one

STOPPED = {"zh": "- **防住**", "en": "- **Stopped**"}
NOT_STOPPED = {"zh": "- **防不住**：", "en": "- **Not stopped**: "}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def lines(language: str) -> list[str]:
    """Each thing that somebody could do, with what stops it."""
    text = (ROOT / "docs" / language / "threats.md").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("- ")]


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_bytes())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("language", STOPPED)
def test_whatever_is_said_to_be_stopped_names_tests_that_exist(language: str) -> None:
    for line in lines(language):
        named = TEST.findall(line)
        assert line.startswith(STOPPED[language] if named else NOT_STOPPED[language]), line
        assert len(named) == line.count("::"), line
        for file, test in named:
            assert test in functions(ROOT / file), f"{file} has no {test}"


def test_what_is_stopped_is_the_same_in_both_languages() -> None:
    chinese, english = ([TEST.findall(line) for line in lines(language)] for language in STOPPED)
    assert chinese == english


def test_a_page_runs_no_block_of_another_language(tmp_path: Path) -> None:
    project = like_the_real_one(tmp_path / "project")
    touch = f"touch {tmp_path}/ran"
    blocks = "".join(f'```{shell} exec="on"\n{touch}\n```\n\n' for shell in ("bash", "sh", "console"))
    project.page("zh/index.md", f"# A\n\n{blocks}")
    built = project.build()
    assert built.returncode == 0, built.output
    assert re.sub(r"<[^>]*>", "", built.html("")).count(touch) == 3, "they are shown as code"
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("path", ["../{}", "{}", "file://{}", "https://example.org{}"])
def test_a_page_includes_nothing_from_outside(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "outside.md").write_text("from outside\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "project")
    settings = load_config(str(ROOT / "mkdocs.yml")).mdx_configs["pymdownx.snippets"]
    page = Markdown(extensions=["pymdownx.snippets"], extension_configs={"pymdownx.snippets": settings})
    (tmp_path / "project/inside.md").write_text("from inside\n", encoding="utf-8")
    assert "from inside" in page.convert('--8<-- "inside.md"')
    there = path.format("outside.md" if path.startswith("..") else tmp_path / "outside.md")
    with pytest.raises(SnippetMissingError):
        page.convert(f'--8<-- "{there}"')


def test_every_locked_package_is_checked_against_its_hash() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    installing = [line for line in makefile.splitlines() if re.search(r"INSTALL\).*-r requirements", line)]
    assert len(installing) == 2, "what is needed, and the sets that are installed where possible"
    assert all("--require-hashes" in line for line in installing)
    for lock in ROOT.glob("requirements*.lock"):
        packages = re.split(r"(?m)^(?=\w)", re.sub(r"(?m)^#.*\n", "", lock.read_text(encoding="utf-8")))[1:]
        assert packages, lock
        for package in packages:
            assert re.match(r"[\w.-]+==\S+.*\\\n    --hash=sha256:[0-9a-f]{64}", package), package
