"""Tables that are filled from runs."""

from __future__ import annotations

from textwrap import dedent

from live.pages.cells import UNSEARCHED, fill, fillers
from live.pages.scan import uses
from tests.project import Project, block, outputs

TABLE = "\n| member | meaning | seen |\n|---|---|---|\n"


def filled(rows: str, *printed: str) -> tuple[str, list[str]]:
    text = block("snippets/a/b.py") + TABLE + rows
    return fill(text, uses(text, "page"), lambda _: printed)


def test_a_row_shows_what_the_program_printed_for_it() -> None:
    text, complaints = filled("| `pid` | number | … |\n| name | its name | … |\n", "name: child", "pid: 7: seven")
    assert text.endswith("| `pid` | number | `7: seven` |\n| name | its name | `child` |\n")
    assert complaints == []


def test_rows_without_an_ellipsis_stay_as_they_are() -> None:
    row = "| `pid` | number … | none |\n| `…` | … |\n"
    assert filled(row.splitlines()[0], "pid: 7")[0].endswith("| `pid` | number … | none |")


def test_a_row_that_the_program_prints_nothing_for_is_complained_about() -> None:
    text, complaints = filled("| `pid` | number | … |", "pid 7", "xpid: 8")
    assert text.endswith("… |")
    assert complaints == ["snippets/a/b.py prints no line that begins with 'pid: '"]


def test_a_table_without_a_program_above_it_is_complained_about() -> None:
    assert fill(TABLE + "| a | b | … |", [], lambda _: [])[1] == ["the row a of a table has no program above it"]


def test_the_program_right_above_the_table_is_asked() -> None:
    text = (
        block("snippets/a/b.py")
        + block("snippets/a/c.py")
        + TABLE
        + "| `k` | m | … |"
        + "\n\n"
        + block("snippets/a/d.py")
    )
    found = uses(text, "page")
    assert fillers(text, found) == {"snippets/a/c.py"}
    assert "| `snippets/a/c.py` |" in fill(text, found, lambda use: [f"k: {use.path}"])[0]


def test_a_page_shows_the_value_as_text_whatever_it_is(project: Project) -> None:
    nasty = "<b>&amp; `tick` | pipe *star*"
    path = project.snippet("chapter/program", f"print('key: ' + {nasty!r})")
    table = TABLE + "| `key` | it | … |\n"
    project.twins("x.md", f"# X\n\n{block(path)}{table}")
    configuration = project.root / "mkdocs.yml"
    configuration.write_text(configuration.read_text().replace("  - admonition\n", "  - admonition\n  - tables\n"))
    built = project.build("--strict")
    assert built.returncode == 0, built.output
    for url in ("x", "en/x"):
        page = built.html(url)
        assert outputs(page) == [f"key: {nasty}"]
        assert "<td><code>&lt;b&gt;&amp;amp; `tick` | pipe *star*</code></td>" in page


def test_a_build_fails_where_a_row_stays_empty(project: Project) -> None:
    path = project.snippet("chapter/program", "print('other: 1')")
    project.twins("x.md", f"# X\n\n{block(path)}{TABLE}| `key` | it | … |\n")
    built = project.build()
    assert built.returncode != 0
    assert f"{path} prints no line that begins with 'key: '" in built.output
    assert "docs/zh/x.md" in built.output


def test_markers_go_where_no_list_explains_them(project: Project) -> None:
    path = project.snippet("chapter/program", "print('# (1)! printed')  # (1)!\n")
    explained = dedent(f"# X\n\n{block(path)}\n1. Explained.\n")
    project.twins("x.md", explained)
    project.twins("y.md", f"# Y\n\n{block(path)}\nNo list.\n")
    built = project.build("--strict")
    assert built.returncode == 0, built.output
    assert "# (1)!</span>" in built.html("x")
    assert "# (1)!</span>" not in built.html("y")
    assert outputs(built.html("x")) == outputs(built.html("y")) == ["# (1)! printed"]


MATRIX = "\n| way | Python (`python`) | disk |\n|---|---|---|\n"


def test_several_cells_of_a_row_are_filled_by_the_heads_of_their_columns() -> None:
    text = block("snippets/a/b.py") + MATRIX + "| `serial` one by one | … | … |\n| b | … | given |\n"
    printed = ("serial, disk: 2 | 3", "serial, python: 1", "b: 4", "b, python: 5")
    got, complaints = fill(text, uses(text, "page"), lambda _: printed)
    assert f"| `serial` one by one | {UNSEARCHED.format('`1`')} | {UNSEARCHED.format('`2 | 3`')} |\n" in got
    assert got.count("\n") == text.count("\n")
    assert "| b | … | given |" in got, "one cell, and not the last, is text"
    assert complaints == []


def test_a_cell_that_the_program_prints_nothing_for_is_complained_about_by_row_and_column() -> None:
    text = block("snippets/a/b.py") + MATRIX + "| `serial` | … | … |\n"
    got, complaints = fill(text, uses(text, "page"), lambda _: ["serial, disk: 2"])
    assert f"| `serial` | … | {UNSEARCHED.format('`2`')} |" in got
    assert complaints == ["snippets/a/b.py prints no line that begins with 'serial, python: '"]


def test_a_table_in_a_note_stays_in_it() -> None:
    text = block("snippets/a/b.py") + "\n!!! note\n\n    | a | b |\n    |---|---|\n    | k | … |\n"
    assert fill(text, uses(text, "page"), lambda _: ["k: 1"])[0].endswith("    | k | `1` |\n")
