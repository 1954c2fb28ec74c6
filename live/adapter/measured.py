"""Fills the tables of a page from the runs of its programs, and draws those that are to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from live.errors import LiveError
from live.pages.cells import fill
from live.pages.charts import draw
from live.pages.scan import Use
from live.recording import Recording
from live.rendering.chart import Panel, render_chart


def with_tables(
    text: str, found: Sequence[Use], recorded: Callable[[str | None], Recording | LiveError | None], language: str
) -> tuple[str, list[str]]:
    """The text of a page, and a complaint for each row and each chart that nothing is known of.

    Args:
        text: The page.
        found: The programs in that text, with their lines.
        recorded: The run of the program at a path, if there is one. It waits until the program is done.
        language: The page's language.
    """

    def run_of(use: Use) -> Recording | None:
        run = recorded(use.path)
        # One that failed is reported as that, and not for each line that it did not come to.
        return run if isinstance(run, Recording) and run.exit_code == use.exit_code else None

    def printed(use: Use) -> list[str] | None:
        run = run_of(use)
        return run.lines if run else None

    def picture(use: Use, title: str, panels: Sequence[Panel], count: int) -> str:
        run = run_of(use)
        return str(render_chart(panels, run, title=title, language=language, name=f"chart-{count}")) if run else ""

    filled, complaints = fill(text, found, printed)
    drawn, others = draw(filled, found, picture)
    return drawn, complaints + others
