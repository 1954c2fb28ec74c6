"""What `make translations` and `make lint` say when one language was changed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from live.translating.__main__ import main
from live.translating.command import findings
from live.translating.pairs import State, all_pairs
from live.translating.record import read
from tests.conftest import ROOT
from tests.settled import settle


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all pages, up to date and committed, as the current folder's docs/."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    settle(tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    commit()
    return tmp_path / "docs"


def git(*arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def commit() -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", "x")


def states(docs: Path, language: str = "en") -> dict[str, State]:
    """Of the sections that are not up to date."""
    return {pair.name: pair.state for pair in all_pairs(docs, language) if pair.state is not State.FRESH}


def edit(docs: Path, page: str, old: str, new: str) -> None:
    file = docs / page
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def sentence(docs: Path, page: str, id: str) -> str:
    """The first paragraph of a section."""
    text = (docs / page).read_text(encoding="utf-8")
    return re.search(rf"\{{#{id}\}}\n\n([^\n]+)\n", text)[1]


def change(docs: Path, page: str = "zh/locks.md", id: str = "fairness") -> tuple[str, str]:
    """Change one sentence of a section; returns it as it was and as it is."""
    old = sentence(docs, page, id)
    new = old.replace("。", "，真的。", 1).replace(". ", ", really. ", 1)
    assert new != old
    edit(docs, page, old, new)
    return old, new


def test_every_section_of_the_site_is_up_to_date_or_listed() -> None:
    assert [str(finding) for finding in findings(ROOT / "docs") if finding.error] == []


def test_one_sentence_of_the_original_makes_exactly_its_section_stale(docs: Path, capsys) -> None:
    before = states(docs)
    old, new = change(docs)
    assert states(docs) == {**before, "locks.md#fairness": State.STALE}
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^docs/en/locks\.md:\d+: #fairness: the original has changed", printed, re.M)
    assert f"    -{old}\n" in printed
    assert f"    +{new}\n" in printed


def test_the_old_text_is_found_also_when_the_change_is_committed(docs: Path, capsys) -> None:
    old, _ = change(docs)
    commit()
    main([])
    assert f"    -{old}\n" in capsys.readouterr().out


def test_without_git_the_section_is_listed_all_the_same(docs: Path, capsys) -> None:
    shutil.rmtree(docs.parent / ".git")
    change(docs)
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert "#fairness: the original has changed" in printed
    assert "git does not have the state" in printed


def test_white_space_makes_nothing_stale(docs: Path) -> None:
    old = sentence(docs, "zh/locks.md", "fairness")
    edit(docs, "zh/locks.md", old, old.replace("，", "，\n", 1) + "  \n")
    assert states(docs) == {}


def test_accepting_settles_that_section_alone(docs: Path) -> None:
    change(docs)
    change(docs, id="self-deadlock")
    assert main(["--accept", "locks.md#fairness"]) == 0
    assert states(docs) == {"locks.md#self-deadlock": State.STALE}
    assert main(["--accept", "docs/en/locks.md"]) == 0
    assert states(docs) == {}


@pytest.mark.parametrize("committed", [False, True])
def test_a_typo_of_the_original_concerns_no_translation(docs: Path, committed: bool) -> None:
    change(docs)
    if committed:
        commit()
    assert main(["--typo", "locks.md#fairness"]) == 0
    assert states(docs) == {}


def test_a_typo_does_not_hide_an_earlier_change(docs: Path, capsys) -> None:
    change(docs)
    commit()
    change(docs)
    assert main(["--typo", "locks.md#fairness"]) == 0
    assert states(docs) == {"locks.md#fairness": State.STALE}
    assert "was not up to date before" in capsys.readouterr().out


@pytest.mark.parametrize("page", ["zh/locks.md", "en/locks.md"])
def test_a_correction_of_one_language_alone_fails_no_check(docs: Path, page: str, capsys) -> None:
    change(docs, page)
    edit(docs, page, sentence(docs, page, "fairness"), "A [link](index.md), too.\n\n- and\n- more\n\n!!! note\n\n    x")
    assert main(["--check"]) == 0
    assert "warning: #fairness" in capsys.readouterr().out


def test_a_translation_that_alone_was_changed_is_told_apart(docs: Path, capsys) -> None:
    old, new = change(docs, "en/locks.md")
    assert states(docs) == {"locks.md#fairness": State.EDITED}
    main([])
    printed = capsys.readouterr().out
    assert "only the translation has changed" in printed
    assert f"    +{new}\n" in printed
    assert f"    -{old}\n" in printed


def test_what_differs_cannot_be_accepted(docs: Path, capsys) -> None:
    edit(docs, "en/locks.md", sentence(docs, "en/locks.md", "fairness"), "Short.\n\n```python\nx\n```")
    assert main(["--accept", "locks.md#fairness"]) == 2
    complaint = capsys.readouterr().err
    assert re.search(
        r"docs/en/locks\.md:\d+: #fairness has code python where docs/zh/locks\.md:\d+ has link", complaint
    )
    assert states(docs) == {"locks.md#fairness": State.EDITED}


def test_a_difference_that_is_kept_as_the_same_is_an_error(docs: Path, capsys) -> None:
    # As when somebody edits the record by hand, or a rule becomes stricter.
    old = sentence(docs, "en/locks.md", "fairness")
    edit(docs, "en/locks.md", old, f"{old}\n\n![](x.svg)")
    record = docs / "en/.translated.toml"
    pair = next(pair for pair in all_pairs(docs, "en") if pair.name == "locks.md#fairness")
    assert pair.now
    assert pair.kept
    text = record.read_text(encoding="utf-8").replace(pair.kept.translation, pair.now.translation)
    record.write_text(text, encoding="utf-8")
    assert main(["--check"]) == 1
    assert re.search(
        r"^docs/en/locks\.md:\d+: #fairness has paragraph, picture x\.svg where", capsys.readouterr().out, re.M
    )


def test_a_missing_page_and_a_missing_section_are_reported(docs: Path, capsys) -> None:
    (docs / "en/event.md").unlink()
    text = (docs / "en/locks.md").read_text(encoding="utf-8")
    (docs / "en/locks.md").write_text(
        re.sub(r"## [^\n]*\{#fairness\}.*?(?=\n## )", "", text, flags=re.S), encoding="utf-8"
    )
    assert main(["--check"]) == 0
    printed = capsys.readouterr().out
    assert "docs/en/event.md: warning: the page is not translated" in printed
    assert "docs/en/locks.md: warning: #fairness: not translated" in printed


def test_a_term_that_is_called_otherwise_is_a_warning(docs: Path, capsys) -> None:
    text = (docs / "en/locks.md").read_text(encoding="utf-8")
    (docs / "en/locks.md").write_text(text.replace("deadlock", "standstill"), encoding="utf-8")
    main(["--accept", "locks.md"])
    main(["--check"])
    assert "has no “deadlock” for the original's “死锁”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--accept", "locks.md#nothing"], "locks.md has: locks, why-a-lock"),
        (["--accept", "nothing.md"], "There is no page nothing.md"),
        (["--accept", "locks"], "name a section as page.md#section"),
        (["--accept", "zh/locks.md"], "use TYPO=zh/locks.md"),
        (["--accept", "fr/locks.md"], "there are no pages in docs/fr/"),
        (["--typo", "en/locks.md#fairness"], "use ACCEPT=en/locks.md#fairness"),
        (["--typo", "locks.md#nothing"], "no such section"),
    ],
)
def test_a_name_that_is_wrong_is_answered_with_what_would_be_right(docs: Path, arguments, message, capsys) -> None:
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[", '["locks.md"]\n"a" = "1"', '["locks.md"]\n"a" = 3', "a = 1"])
def test_a_damaged_record_is_named(docs: Path, text: str, capsys) -> None:
    (docs / "en/.translated.toml").write_text(text, encoding="utf-8")
    assert main(["--check"]) == 2
    assert ".translated.toml cannot be read" in capsys.readouterr().err


def test_with_several_languages_one_has_to_be_named(docs: Path, capsys) -> None:
    shutil.copytree(docs / "en", docs / "ja")
    change(docs)
    assert main(["--accept", "locks.md#fairness"]) == 2
    assert "for example en/locks.md#fairness (also in ja)" in capsys.readouterr().err
    assert main(["--accept", "ja/locks.md#fairness"]) == 0
    assert states(docs, "ja") == {}
    assert states(docs, "en") == {"locks.md#fairness": State.STALE}


def test_what_is_no_longer_on_a_page_leaves_the_record(docs: Path) -> None:
    for language in ("zh", "en"):
        edit(docs, f"{language}/locks.md", "{#fairness}", "{#being-fair}")
    assert states(docs) == {"locks.md#being-fair": State.UNSEEN}
    assert main(["--accept", "locks.md#being-fair"]) == 0
    kept = read(docs / "en")["locks.md"]
    assert "being-fair" in kept
    assert "fairness" not in kept
