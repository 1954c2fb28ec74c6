"""The indexes that builds of small projects write: one a language, with programs apart, however often it is built."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from live.searching.index import ONE_BYTE
from tests.conftest import ROOT
from tests.project import Project, block
from tests.site.test_serving import serving

WORKER = Path("docs/assets/javascripts/workers/words.js")
GLOSSARY = "# 术语\n\n| 术语 | English | 含义 |\n|---|---|---|\n| 锁甲乙 | lock | 一把锁。 |\n"


@pytest.fixture
def searched(project: Project) -> Project:
    """A project whose languages have a search of their own."""
    configure(project, "plugins:\n", "plugins:\n  - search: {separator: '[\\s\\u200b<>/]+'}\n  - live-search\n")
    configure(project, "font: false,", "font: false, custom_dir: overrides,")
    (project.root / "overrides").mkdir()
    template = '{% extends "base.html" %}{% block config %}{{ super() | own_search }}{% endblock %}'
    (project.root / "overrides/main.html").write_text(template, encoding="utf-8")
    (project.root / WORKER).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / WORKER, project.root / WORKER)
    return project


def configure(project: Project, old: str, new: str) -> None:
    file = project.root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def index(project: Project, root: str = "") -> dict[str, Any]:
    built = project.build("--strict", "-q")
    assert built.returncode == 0, built.output
    assert built.output == "", "nothing is said of what goes well"
    return read(built.folder, root)


def read(site: Path, root: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / root / "search/index.json").read_text(encoding="utf-8"))
    return found


def programs(site: Path, root: str = "") -> dict[str, dict[str, Any]]:
    """By location, those that are found in the language whose pages begin there."""
    found = json.loads((site / "search/programs.json").read_text(encoding="utf-8"))
    return by_location({"docs": [program for program in found["docs"] if root in program.get("roots", [root])]})


def by_location(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {document["location"]: document for document in made["docs"]}


def test_each_language_has_its_own_index_where_its_pages_look_for_it(searched: Project) -> None:
    searched.page("zh/page.md", "# 页\n\n## One\n\n中文。\n")
    searched.page("en/page.md", "# Page\n\n## One\n\nEnglish.\n")
    assert list(by_location(index(searched))) == ["", "page/", "page/#one"]
    english = by_location(read(searched.root / "site", "en/"))
    assert list(english) == ["", "page/", "page/#one"]
    assert "English" in english["page/#one"]["text"]
    for path, base in (("page", ".."), ("en/page", "../../en/"), ("", "."), ("en", "../en/")):
        html = (searched.root / "site" / path / "index.html").read_text(encoding="utf-8")
        (config,) = re.findall('<script id="__config" type="application/json">(.*?)</script>', html)
        assert json.loads(config)["base"] == base


def test_a_third_language_needs_a_folder_and_an_entry(searched: Project) -> None:
    configure(
        searched,
        "        - {locale: en, name: English, build: true}\n",
        "        - {locale: en, name: English, build: true}\n        - {locale: ja, name: 日本語, build: true}\n",
    )
    searched.page("ja/index.md", "# 排他制御\n\n排他制御の例。\n")
    japanese = index(searched, "ja/")
    assert japanese["config"]["lang"] == ["ja"]
    assert [document["title"] for document in japanese["docs"]] == ["排他制御"]
    assert "排他制御" in japanese["docs"][0]["text"], "Material's search cuts Japanese by itself"
    assert read(searched.root / "site")["config"]["lang"] == ["en"], "which is what Material says for Chinese"
    assert len(read(searched.root / "site")["docs"]) == 1


def test_a_page_that_nobody_has_translated_is_not_found_in_the_other_language(searched: Project) -> None:
    searched.page("zh/page.md", f"# 页\n\n{block(searched.snippet('a/b', 'print(1)'))}")
    assert "page/" in by_location(index(searched))
    assert [program["roots"] for program in programs(searched.root / "site").values()] == [[""]]
    assert (searched.root / "site/en/page/index.html").is_file(), "it is there in the language of the original"
    assert list(by_location(read(searched.root / "site", "en/"))) == [""]


def test_a_program_is_found_at_its_code_and_leaves_its_section_free(searched: Project) -> None:
    file = searched.snippet("a/b", "code = 'print' + 'ed'\nprint(code)", timeout=20)
    searched.twins("page.md", f"# P\n\nText.\n\n{block(file)}\n1. Explained.\n\nMore.\n")
    made = by_location(index(searched))
    assert list(made) == ["", "page/"]
    ((location, program),) = programs(searched.root / "site").items()
    path, _, anchor = location.partition("#")
    assert path == "page/"
    assert f'id="{anchor}"' in (searched.root / "site/page/index.html").read_text(encoding="utf-8")
    section = made["page/"]
    assert program["title"] == "snippets/a/b.py"
    assert "code = " in program["text"] and "<code>printed</code>" in program["text"]
    assert program["boost"] < section["boost"] / 1000
    for word in ("Text.", "Explained.", "More."):
        assert word in section["text"] and word not in program["text"]
    assert "print" not in section["text"]
    assert "roots" not in program, "it is the same in each language"


def test_hints_and_solutions_of_exercises_are_not_found_but_what_else_is_folded_is(searched: Project) -> None:
    configure(searched, "  - pymdownx.superfences\n", "  - pymdownx.superfences\n  - pymdownx.details\n")
    folded = {"question": "hinted", "success": "solved", "note": "noted"}
    boxes = "\n".join(f'??? {kind} "Folded"\n\n    It was {word}.\n' for kind, word in folded.items())
    searched.twins("exercise.md", f"# E\n\n## Mend it {{#mend}}\n\nAsked.\n\n{boxes}\nLater.\n")
    texts = json.dumps(index(searched))
    assert [word for word in ("Asked", "hinted", "solved", "noted", "Later") if word in texts] == [
        "Asked",
        "noted",
        "Later",
    ]


def test_a_program_that_prints_a_megabyte_leaves_the_index_small(searched: Project) -> None:
    path = searched.snippet("a/b", "for number in range(150_000):\n    print(number)\nprint('the end')")
    searched.twins("page.md", f"# P\n\n{block(path)}")
    index(searched)
    ((_, program),) = programs(searched.root / "site").items()
    assert len(json.dumps(program)) < 200_000
    assert "the end" in program["text"]


@pytest.mark.parametrize(
    ("missing", "said"),
    [("search", "'search'"), ("i18n", "'i18n'"), ("words.js", "words.js"), ("main.html", "main.html")],
)
def test_what_is_missing_is_said_once(searched: Project, missing: str, said: str) -> None:
    file = searched.root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    if missing == "search":
        text = re.sub("  - search:.*\n", "", text)
    elif missing == "i18n":
        text = re.sub(r"  - i18n:\n(?:    .*\n)*", "", text)
    elif missing == "main.html":
        text = re.sub("custom_dir: .*?,", "", text)
    else:
        (searched.root / WORKER).unlink()
    file.write_text(text, encoding="utf-8")
    built = searched.build("-q")
    assert built.returncode == 1
    (line,) = [line for line in built.output.splitlines() if line.startswith("ERROR")]
    assert "'live-search'" in line and said in line, built.output
    assert "Traceback" not in built.output


def test_an_index_does_not_depend_on_the_builds_before_it(searched: Project) -> None:
    searched.page("zh/glossary.md", GLOSSARY)
    searched.page("zh/page.md", "# P\n\n一把锁甲乙。\n")
    whole = f"{ONE_BYTE}锁甲乙{ONE_BYTE}"
    with serving(searched) as server:

        def text() -> str:
            made = json.loads(server.get("search/index.json"))
            return str(by_location(made)["page/"]["text"])

        server.wait_for(lambda: whole in text())
        first = server.get("en/search/index.json")
        searched.page("zh/page.md", "# P\n\n还是一把锁甲乙。\n")
        server.wait_for(lambda: "还是" in text())
        assert whole in text()
        assert server.get("en/search/index.json") == first
        searched.page("zh/glossary.md", GLOSSARY.replace("锁甲乙", "锁子"))
        server.wait_for(lambda: whole not in text())
        searched.page("zh/glossary.md", GLOSSARY)
        server.wait_for(lambda: whole in text())
