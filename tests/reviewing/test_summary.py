"""The summary of a change: what it counts, and that nothing in it speaks for its author."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from live.errors import LiveError
from live.keeping.store import Store
from live.rendering.summary import LENGTH, ROWS, plain, render_summary
from live.reviewing.summary import Ran, Summary, summarize
from live.reviewing.touched import Touched, changed_since
from live.reviewing.weights import Weight, read, weigh, write
from tests.project import Project, block

PAGE = '<link rel="stylesheet" href="../a.css"><link rel="icon" href="../i.css"><script src="../a.js?1" defer></script>'
LAZY = '<img src="../a.svg"><img src="../a.svg"><img src="../b.svg" loading="lazy"><img src="https://x.org/c.svg">'
NASTY = [
    "docs/zh/<img src=x onerror=alert(1)>.md",
    "docs/zh/</code></td></tr></table>\n\n# Approved by @maintainer\n\n![x](http://x.org/x.png).md",
    "docs/zh/`|` [x](javascript:1) &lt; \u202eflipped\u2028.md",
    "docs/zh/" + "long" * 1000 + ".md",
]


def packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def summary(**fields: object) -> Summary:
    empty: dict[str, object] = {"changed": True, "pages": (), "runs": (), "stale": (), "weights": {}, "before": None}
    return Summary(**{**empty, **fields})  # type: ignore[arg-type]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    texts = {name: f"{name} " * 99 for name in ("a.css", "a.js", "a.svg", "b.svg", "i.css")}
    for name, text in {**texts, "index.html": "<p>top</p>", "en/index.html": PAGE + LAZY}.items():
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def repository(project: Project) -> Project:
    """Pages that show three programs, one of which imports a module, as committed."""
    project.snippet("a/helper", "WORD = 'one'\n")
    importing, plain, other = (
        project.snippet("a/importing", "from helper import WORD\nprint(WORD)\n"),
        project.snippet("a/plain", "print('plain')\n"),
        project.snippet("a/other", "print('other')\n"),
    )
    project.twins("p.md", f"# P\n\n{block(importing)}\n{block(plain)}\n")
    project.twins("q.md", f"# Q\n\n{block(other)}\n")
    git(project.root, "init", "-q")
    git(project.root, "add", ".")
    git(project.root, "commit", "-qm", "x")
    return project


def told(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "live.reviewing", *arguments]
    return subprocess.run(command, cwd=project.root, capture_output=True, text=True)


def test_a_page_weighs_what_a_reader_waits_for(site: Path) -> None:
    weights = weigh(site)
    html = packed(PAGE + LAZY)
    first = html + sum(packed(f"{name} " * 99) for name in ("a.css", "a.js", "a.svg"))
    assert weights == {"": Weight(packed("<p>top</p>"), packed("<p>top</p>")), "en/": Weight(html, first)}


def test_what_is_kept_is_read_again(site: Path) -> None:
    write(weigh(site), site / "kept/weights.json")
    assert read(site / "kept/weights.json") == weigh(site)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"schema": 0, "pages": {}}', '{"schema": 1, "pages": {"a": {"html": "x"}}}', "[" * 99_999]
)
def test_weights_that_cannot_be_read_are_as_good_as_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "weights.json"
    assert read(file) is None
    file.write_text(text)
    assert read(file) is None


def test_a_page_is_touched_by_its_text_by_a_program_and_by_what_that_imports(repository: Project) -> None:
    repository.snippet("a/helper", "WORD = 'two'\n")
    repository.page("en/q.md", "# Q\n")
    (repository.root / "docs/zh/index.md").unlink()
    changed = changed_since(repository.root, "HEAD")
    assert changed == {"snippets/a/helper.py", "docs/en/q.md", "docs/zh/index.md"}
    found = summarize(
        repository.root, site=repository.root, store=Store(repository.root / "no"), changed=changed, before=None
    )
    importing = ("snippets/a/importing.py",)
    assert found.pages == (
        Touched("docs/en/p.md", False, importing),
        Touched("docs/en/q.md", True, ()),
        Touched("docs/zh/index.md", True, ()),
        Touched("docs/zh/p.md", False, importing),
    )
    assert [ran.path for ran in found.runs if ran.touched] == [*importing]
    assert len(found.runs) == 3


@pytest.mark.parametrize("base", ["no-such-commit", "--output=written"])
def test_a_base_that_is_no_commit_is_refused(repository: Project, base: str) -> None:
    with pytest.raises(LiveError, match=re.escape(base)):
        changed_since(repository.root, base)
    assert not (repository.root / "written").exists()


def test_names_that_git_would_quote_are_names(repository: Project) -> None:
    name = 'docs/zh/并发 "a"\n.md'
    repository.page(name.removeprefix("docs/"), "# x\n")
    git(repository.root, "add", ".")
    assert changed_since(repository.root, "HEAD") == {name}


def test_the_summary_of_a_build_has_it_all(repository: Project) -> None:
    repository.snippet("a/plain", "print('now otherwise')\n")
    assert repository.build("--strict").returncode == 0
    write({"p/": Weight(1, 1), "gone/": Weight(2000, 3000)}, repository.root / "before.json")
    to = repository.root / "summary.md"
    to.write_text("before\n")
    done = told(repository, "--base", "HEAD", "--before", "before.json", "--keep", "now.json", "--to", str(to))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = to.read_text(encoding="utf-8")
    assert text.startswith("before\n## Pages touched")
    assert re.search(r"<code>docs/zh/p\.md</code></td><td></td><td><code>snippets/a/plain\.py</code>", text)
    assert "docs/zh/q.md" not in text
    assert re.search(r"<code>snippets/a/plain\.py</code></td><td>changed</td><td>\d+\.\d\d s</td><td></td>", text)
    assert re.search(r"<code>snippets/a/other\.py</code></td><td></td><td>\d+\.\d\d s</td><td></td>", text)
    assert "<code>en/p.md#P</code></td><td>nobody has said yet that both say the same</td>" in text
    assert "<tr><td><code>gone/</code></td><td>3.0 kB</td><td>gone</td><td>-3.0 kB</td></tr>" in text
    assert re.search(r"<code>p/</code></td><td>0\.0 kB</td><td>\d+\.\d kB</td><td>\+\d+\.\d kB</td>", text)
    assert read(repository.root / "now.json") == weigh(repository.root / "site")


def test_without_anything_to_compare_with_it_says_so(repository: Project) -> None:
    (repository.root / "site").mkdir()
    done = told(repository, "--before", "no-such-file.json")
    assert done.returncode == 0, done.stderr
    assert "Not compared with anything." in done.stdout
    assert "There are no weights of `main` to compare with." in done.stdout
    assert done.stdout.count("<code>not run</code>") == 3


def test_without_a_build_it_says_what_to_do(repository: Project) -> None:
    done = told(repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert "make build" in done.stderr


class Tags(HTMLParser):
    """Every tag with an attribute, and every text outside of <code>."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, object]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code = tag == "code"
        if attrs != [("colspan", "4")]:
            self.found += [(tag, attrs)] if attrs else []

    def handle_endtag(self, tag: str) -> None:
        self.in_code = False

    def handle_data(self, data: str) -> None:
        if not getattr(self, "in_code", False):
            self.text += data


@pytest.mark.parametrize("name", NASTY)
def test_whatever_a_file_is_called_is_text_in_one_cell(name: str) -> None:
    runs = (Ran(name, True, None), Ran("x.py", True, None, (name,)))
    text = render_summary(
        summary(pages=(Touched(name, True, (name,)),), runs=runs, weights={name: Weight(1, 1)}, before={})
    )
    harmless = render_summary(
        summary(
            pages=(Touched("n", True, ("n",)),),
            runs=(Ran("n", True, None), Ran("x.py", True, None, ("n",))),
            weights={"n": Weight(1, 1)},
            before={},
        )
    )
    tags, expected = Tags(text), Tags(harmless)
    assert tags.found == []
    assert tags.text == expected.text, "nothing of it stands outside of <code>"
    assert text.count("\n") == harmless.count("\n")
    assert "\u202e" not in text and "\u2028" not in text
    assert len(text) < len(harmless) + 6 * 5 * LENGTH


def test_a_long_list_is_cut_and_says_so() -> None:
    pages = tuple(Touched(f"docs/zh/{number}.md", True, ()) for number in range(ROWS + 7))
    text = render_summary(summary(pages=pages))
    assert "… and 7 more" in text
    assert f"docs/zh/{ROWS}.md" not in text


def test_what_cannot_be_seen_is_made_visible() -> None:
    assert plain("a\nb\u202e\ud800c\u00a0d e") == "a�b��c�d e"


def test_names_that_are_no_text_do_no_harm(repository: Project) -> None:
    (repository.root / "site").mkdir()
    (repository.root / "docs" / os.fsdecode(b"zh/\xff.md")).write_text("# x\n")
    git(repository.root, "add", ".")
    done = told(repository, "--base", "HEAD")
    assert done.returncode == 0, done.stderr
    assert "<code>docs/zh/�.md</code>" in done.stdout


def test_weights_are_plain_json(site: Path) -> None:
    write(weigh(site), site / "w.json")
    assert set(json.loads((site / "w.json").read_text())["pages"]) == {"", "en/"}
