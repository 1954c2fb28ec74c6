"""Tables of measurements that are drawn as well."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from live.pages.cells import UNSEARCHED, rows
from live.pages.charts import draw, panels
from live.pages.scan import uses
from live.rendering.chart import Bar, Panel, render_chart
from tests.engine.test_keeping import RECORDING
from tests.project import Project, block, outputs

MARK = "<!-- live:chart Milliseconds -->\n\n"
HEAD = "| way | Python (`python`) | [HTTP](x.md) |\n|---|---|---|\n"
ROWS = "| `serial` | `80.0 (79.0–85.5)` | `9` |\n| `gevent` | `skipped` | `-0.5 (-1.0–2.0)` |\n"
NASTY = '<b>&amp; "x" ]]>'
PANEL = Panel(
    "Python",
    (
        Bar("serial", "80", 80, 70, 90),
        Bar("threads", "75", 75, 60, 78),
        Bar("pool", "50", 50, 40, 61),
        Bar("x", "-", None),
    ),
)


def svgs(html: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg viewBox=\"0 0 320 .*?</svg>", html)]


def drawn(panel: Panel, language: str = "en") -> str:
    return str(render_chart([panel], RECORDING, title="Milliseconds", language=language, name="chart-1"))


def test_the_columns_of_a_table_become_parts_with_numbers_and_spreads() -> None:
    assert panels(list(rows((HEAD + ROWS).split("\n")))) == [
        Panel("Python (python)", (Bar("serial", "80.0", 80, 79, 85.5), Bar("gevent", "skipped", None))),
        Panel("HTTP", (Bar("serial", "9", 9, 9, 9), Bar("gevent", "-0.5", -0.5, -1, 2))),
    ]


def test_the_picture_takes_the_place_of_its_mark_and_no_line_moves() -> None:
    text = block("snippets/a/b.py") + MARK + HEAD + ROWS + "\nMore.\n"
    got, complaints = draw(text, uses(text, "page"), lambda use, title, parts, count: f"{use.path} {title} {count}")
    assert complaints == []
    assert got.count("\n") == text.count("\n")
    assert "snippets/a/b.py Milliseconds 1\n\n| way |" in got
    spread = '80.0<br><span class="live-spread">79.0–85.5</span>'
    assert f"| `serial` | {UNSEARCHED.format(spread)} | {UNSEARCHED.format(9)} |" in got
    assert "| `gevent` | `skipped` | <span data-search-exclude>-0.5<br>" in got


def test_a_table_that_was_not_filled_is_not_drawn() -> None:
    text = block("snippets/a/b.py") + MARK + HEAD + "| `serial` | … | … |\n"
    got, complaints = draw(text, uses(text, "page"), lambda *_: pytest.fail("nothing to draw"))
    assert (got, complaints) == (text.replace(MARK, "\n\n"), [])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (block("snippets/a/b.py") + MARK + "Words.\n\n" + HEAD + ROWS, "no table follows"),
        (block("snippets/a/b.py") + MARK, "no table follows"),
        (MARK + HEAD + ROWS, "has no program above it"),
    ],
)
def test_a_mark_without_a_table_or_a_program_is_complained_about(text: str, complaint: str) -> None:
    got, complaints = draw(text, uses(text, "page"), lambda *_: pytest.fail("nothing to draw"))
    assert complaint in complaints[0]
    assert got == text


def test_the_least_and_what_overlaps_with_it_are_told_from_the_rest() -> None:
    assert [bar.label for bar in PANEL.least] == ["pool", "threads"]
    (svg,) = svgs(drawn(PANEL))
    assert ["class" in group.attrib for group in svg.iter("g")] == [False, True, True]
    assert svg.find("desc").text == "Least: pool, 50. No difference seen from it: threads. Most: serial, 80."


def test_a_bar_is_as_long_as_its_number_is_large_and_fits_into_the_picture() -> None:
    (svg,) = svgs(drawn(PANEL))
    zero = float(svg.find("path").get("d").split(" ")[0][1:])
    middles = [float(circle.get("cx")) - zero for circle in svg.iter("circle")]
    assert middles[0] / middles[2] == pytest.approx(80 / 50, rel=0.01)
    ends = [float(path.get("d").rpartition("H")[2]) for path in svg.iter("path") if "H" in path.get("d")]
    assert all(zero <= end < 320 for end in ends)


def test_nothing_measured_and_zeros_can_be_drawn() -> None:
    nothing = drawn(Panel("Empty", (Bar("a", "needs 3.14", None),)))
    assert svgs(nothing)[0].find("desc").text == "Nothing was measured."
    assert svgs(drawn(Panel("Zeros", (Bar("a", "0", 0), Bar("b", "0", 0)))))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no difference seen"), ("zh", "看不出差别"), ("fr", "no difference")]
)
def test_a_chart_speaks_the_language_of_the_page_and_names_where_it_comes_from(language: str, words: str) -> None:
    html = drawn(PANEL, language)
    assert words in html
    assert ('lang="en"' in html) == (language == "fr")
    run = RECORDING
    assert all(fact in html for fact in (run.interpreter.version, run.machine.architecture))


def test_everything_in_a_chart_is_escaped_and_on_one_line() -> None:
    html = str(
        render_chart(
            [Panel(NASTY, (Bar(NASTY, NASTY, 1, 1, 2), Bar(NASTY, NASTY, None)))],
            RECORDING,
            title=NASTY,
            language="en",
            name="chart-1",
        )
    )
    assert "<b>" not in html
    assert "\n" not in html
    (svg,) = svgs(html)
    assert svg.find("title").text == NASTY
    assert [text.text for text in svg.iter("text")] == [NASTY] * 4


def with_tables(project: Project) -> None:
    settings = project.root / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  - admonition\n", "  - admonition\n  - tables\n"))


def test_both_languages_show_the_chart_of_one_run_and_need_no_script_for_it(project: Project) -> None:
    with_tables(project)
    path = project.snippet("chapter/program", "print('serial, python: 80.0 (79.0–85.5)\\nserial, http: skipped')")
    table = MARK + "| way | Python (`python`) | `http` |\n|---|---|---|\n| `serial` | … | … |\n"
    project.twins("x.md", f"# X\n\n{block(path)}\n{table}\nMore.\n")
    built = project.build("--strict")
    assert built.returncode == 0, built.output
    for url in ("x", "en/x"):
        page = built.html(url)
        assert len(outputs(page)) == 1
        assert len(svgs(page)) == 2
        spread = '80.0<br><span class="live-spread">79.0–85.5</span>'
        assert f"<td>{UNSEARCHED.format(spread)}</td>" in page.replace("<br />", "<br>")
        assert "live:chart" not in page
        figure = page[page.index('<figure class="live-chart"') : page.index("</figure>")]
        assert "<script" not in figure


def test_a_build_without_runs_shows_the_table_alone(project: Project) -> None:
    with_tables(project)
    path = project.snippet("chapter/program", "print('serial, python: 80')")
    project.twins("x.md", f"# X\n\n{block(path)}\n{MARK}{HEAD}| `serial` | … | … |\n")
    settings = project.root / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("live: {}", "live: {run: false}"))
    built = project.build()
    assert built.returncode == 0, built.output
    assert "<td>…</td>" in built.html("x")
    assert "live-chart" not in built.html("x")


def test_a_program_that_failed_is_reported_once_and_not_for_each_row(project: Project) -> None:
    with_tables(project)
    path = project.snippet("chapter/program", "raise SystemExit(3)")
    project.twins("x.md", f"# X\n\n{block(path)}\n{MARK}{HEAD}| `serial` | … | … |\n")
    built = project.build()
    assert built.returncode != 0
    assert "exit code 3" in built.output
    assert "prints no line" not in built.output
