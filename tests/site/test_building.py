"""Builds of small projects: what a page shows of its programs, and how a build fails."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

from live.keeping import files
from tests.project import Project, block, outputs, wait_for


@pytest.mark.parametrize("flags", [(), ("--strict",), ("-q",), ("--strict", "-q"), ("--dirty",)])
def test_a_build_fails_whatever_its_flags_when_one_snippet_fails(project: Project, flags: tuple[str, ...]) -> None:
    project.twins("page.md", "# P\n\n" + block(project.snippet("a/b", "raise SystemExit(3)")))
    built = project.build(*flags)
    assert built.returncode == 1
    assert built.output.count("snippets/a/b.py\n") == 1
    assert "got       exit code 3" in built.output


@pytest.mark.parametrize("flags", [(), ("--strict",), ("--strict", "-q")])
def test_a_build_succeeds_when_all_do_as_told(project: Project, flags: tuple[str, ...]) -> None:
    project.twins("page.md", "# P\n\n" + block(project.snippet("a/b", "raise SystemExit(3)"), 'returncode="3"'))
    built = project.build(*flags)
    assert built.returncode == 0, built.output
    assert "退出码 3" in built.html("page")
    assert "exit code 3" in built.html("en/page")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (block("snippets/a/missing.py"), "there is no such file"),
        (block("snippets/../mkdocs.py"), "a snippet is a .py file under snippets/"),
        ('```python exec="on"\nprint("inline")\n```\n', "a block that includes no file under snippets/"),
        (block("snippets/a/there.py", 'html="yes"'), 'html="yes"'),
        (block("snippets/a/there.py", 'returncode="one"'), 'returncode="one"'),
        (block("snippets/a/there.py", 'width="wide"'), 'width="wide"'),
        (block("snippets/a/there.py").replace("above", "sideways"), 'source="sideways"'),
    ],
)
def test_a_block_that_cannot_be_shown_is_named_with_page_and_line(project: Project, text: str, message: str) -> None:
    good = project.snippet("a/there", "print('fine')")
    project.page("zh/page.md", f"---\ntitle: x\n---\n\n# P\n\n{text}\n{block(good)}")
    project.page("en/page.md", f"# P\n\n{block(good)}")
    built = project.build()
    assert built.returncode == 1
    assert message in built.output
    assert "docs/zh/page.md:7" in built.output
    assert outputs(built.html("page"))[-1] == "fine", "the rest of the page is there"
    assert outputs(built.html("en/page")) == ["fine"]


def test_a_missing_file_elsewhere_does_not_hide_a_failing_snippet(project: Project) -> None:
    project.twins("a.md", "# A\n\n" + block(project.snippet("a/b", "raise SystemExit(3)")))
    project.twins("z.md", '# Z\n\n--8<-- "nothing.md"\n')
    built = project.build()
    assert built.returncode == 1
    assert "got       exit code 3" in built.output


def test_both_languages_show_the_one_recording(project: Project) -> None:
    path = project.snippet("a/b", "import time, os; print(time.time_ns(), os.getpid())")
    project.twins("page.md", f"# P\n\n{block(path)}\n{block(path)}")
    project.page("en/only.md", f"# P\n\n{block(path)}")
    built = project.build("--strict")
    shown = [text for url in ("page", "en/page", "en/only") for text in outputs(built.html(url))]
    assert len(shown) == 5
    assert len(set(shown)) == 1
    assert built.output.count("snippets/a/b.py: ") == 1


def test_the_annotations_of_a_program_stand_between_its_code_and_its_output(project: Project) -> None:
    path = project.snippet("a/b", "print('out')  # (1)!\n")
    project.page("zh/page.md", f"# P\n\n{block(path)}\n1. 中文说明 `code`\n\nafter\n\n1. another list\n")
    indented = indent(f"{block(path)}\n1. English note\n", " " * 4)
    project.page("en/page.md", f"# P\n\n!!! note\n\n{indented}")
    built = project.build("--strict")
    chinese = built.html("page")
    assert re.search(
        r"</pre></div>\s*<ol>\s*<li>中文说明 <code>code</code></li>\s*</ol>\s*<div class=\"live-run\">", chinese
    )
    assert chinese.count("<ol>") == 2
    assert re.search(
        r"</pre></div>\s*<ol>\s*<li>English note</li>\s*</ol>\s*<div class=\"live-run\">", built.html("en/page")
    )


def test_metadata_is_not_shown_and_lines_keep_their_numbers(project: Project) -> None:
    path = project.snippet(
        "a/b",
        "import os\n\n# --8<-- [start:part]\ndef f():\n    return 1\n# --8<-- [end:part]\n\nprint(f())\n",
        timeout=9,
    )
    project.page("zh/page.md", f"# P\n\n{block(path)}\n{block(path + ':part')}")
    page = project.build("--strict").html("page")
    assert "tool.live" not in page
    firsts = re.findall(
        r'--live-lines: (\d+); --live-before: (\d+)">.*?id="__span-(a-b(?:-2)?)-(\d+)"', page, re.DOTALL
    )
    assert firsts == [("6", "4", "a-b", "5"), ("2", "7", "a-b-2", "8")]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "ids are unique"
    assert outputs(page) == ["1", "1"], "the whole file runs where a part is shown"


def test_the_program_can_be_downloaded_from_pages_of_both_languages(project: Project) -> None:
    path = project.snippet("a/b", "print('并发')")
    project.twins("deep/page.md", "# P\n\n" + block(path))
    built = project.build("--strict")
    for url in ("deep/page", "en/deep/page"):
        (link,) = re.findall(r'<a href="([^"]*)" download>', built.html(url))
        assert (built.folder / url / link).resolve().read_text(encoding="utf-8") == "print('并发')"


def test_without_running_pages_show_code_and_say_so(project: Project) -> None:
    project.twins("page.md", "# P\n\n" + block(project.snippet("a/b", "raise SystemExit(3)")))
    configuration = project.root / "mkdocs.yml"
    configuration.write_text(configuration.read_text().replace("live: {}", "live: {run: false}"))
    built = project.build("--strict")
    assert built.returncode == 0, built.output
    assert outputs(built.html("page")) == []
    assert "这次构建没有运行程序。" in built.html("page")
    assert "This build ran no programs." in built.html("en/page")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("{timeout: 0}", "greater than 0"),
        ("{timeout: soon}", "greater than 0"),
        ("{workers: -1}", "greater than 0"),
        ("{run: maybe}", "Expected type"),
        ("{timout: 3}", "Unrecognised configuration name: timout"),
    ],
)
def test_a_wrong_option_gets_a_clear_message(tmp_path: Path, options: str, message: str) -> None:
    built = Project.create(tmp_path / "project", options).build("--strict")
    assert built.returncode == 1
    assert "live" in built.output
    assert message in built.output


def test_warm_builds_run_nothing_and_an_edit_runs_one(project: Project) -> None:
    paths = [project.snippet(f"a/s{number}", f"print({number})") for number in range(5)]
    project.twins("page.md", "# P\n\n" + "\n".join(map(block, paths)))
    assert len(re.findall(r"\[\d/\d\] ", project.build().output)) == 5
    assert "Running" not in project.build().output
    project.snippet("a/s3", "print('edited')")
    assert re.findall(r"\[1/1\] (\S+):", project.build().output) == ["snippets/a/s3.py"]


def test_a_build_that_is_killed_at_any_moment_leaves_a_store_that_is_right(project: Project) -> None:
    paths = [project.snippet(f"a/s{number:02}", f"print('whole' * {number})") for number in range(30)]
    project.twins("page.md", "# P\n\n" + "\n".join(map(block, paths)))
    store = project.root / ".cache/live"
    # Rounds end at ever later moments, each given by how many recordings there are.
    for wanted in (1, 5, 12, 20, 28):
        builder = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=project.root, stderr=subprocess.DEVNULL
        )

        def is_time(builder: subprocess.Popen[bytes] = builder, wanted: int = wanted) -> bool:
            return builder.poll() is not None or len(list(store.rglob("*.jsonl"))) >= wanted

        wait_for(is_time)
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        for file in store.rglob("*.jsonl"):
            json.loads(files.read(file))
    built = project.build("--strict")
    assert built.returncode == 0, built.output
    assert outputs(built.html("page")) == ["whole" * number or "（没有输出）" for number in range(30)]


def test_trouble_inside_the_engine_ends_the_build_instead_of_dropping_the_block(project: Project) -> None:
    project.twins("page.md", "# P\n\n" + block(project.snippet("a/b", "print(1)")))
    (project.root / "sitecustomize.py").write_text(
        "import live.rendering.program as program\n\n\n"
        "def broken(*_):\n    raise RuntimeError('a bug')\n\n\nprogram.facts = broken\n"
    )
    built = project.build(environment={"PYTHONPATH": str(project.root)})
    assert built.returncode == 1
    assert "docs/zh/page.md:3 cannot be shown" in built.output
    assert "a bug" in built.output
