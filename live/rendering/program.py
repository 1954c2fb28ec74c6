"""The part of a page that shows one run, below the program's code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from live.recording import Recording
from live.rendering.output import stretches
from live.rendering.words import Words, words

START_OF_RUN = "<!-- live:run -->"
"""Stands between code and run, so that the adapter can put annotations there."""


def render_run(
    recording: Recording | None, *, language: str, download: str, failure: str = "", missing: Sequence[str] = ()
) -> Markup:
    """The output and the facts of a run as HTML.

    Args:
        recording: The run; None where nothing was run.
        language: The page's language, a key of `WORDS`.
        download: Address of the program's file, as seen from the page.
        failure: What went wrong, for the people who build the site.
        missing: What the program needs and this build did not have, so that the recording comes from elsewhere.
    """
    label = words(language)
    return Markup(
        _template("run.html").render(
            words=label,
            recording=recording,
            stretches=stretches(recording) if recording else [],
            facts=facts(recording, label) if recording else [],
            download=download,
            file=download.rpartition("/")[2],
            failure=failure,
            elsewhere=_elsewhere(recording, label, missing) if recording and missing else "",
        )
    )


def facts(recording: Recording, label: Words) -> list[str]:
    """What the reader should know about the run, but for its date."""
    code = recording.exit_code
    found = [
        " ".join(recording.launch),
        *_origin(recording, label),
        label.seconds.format(f"{recording.duration / 1e9:.2f}"),
        label.stopped.format(recording.timeout) if code is None else "",
        label.exit_code.format(code) if code and code > 0 else "",
        label.signal.format(recording.signal) if code and code < 0 else "",
        label.leftovers.format(len(recording.leftovers)) if recording.leftovers else "",
    ]
    return [fact for fact in found if fact]


def _origin(recording: Recording, label: Words) -> list[str]:
    """The interpreter and the machine that the recording comes from."""
    interpreter, machine = recording.interpreter, recording.machine
    return [
        f"{interpreter.implementation} {interpreter.version}",
        *([label.free_threaded] if interpreter.free_threaded else []),
        f"{machine.system} {machine.architecture}",
        label.one_core if machine.cores == 1 else label.cores.format(machine.cores),
    ]


def _elsewhere(recording: Recording, label: Words, missing: Sequence[str]) -> str:
    """That the recording comes from the repository: why, and where and when it was made."""
    return label.elsewhere.format(
        missing=label.comma.join(missing),
        date=recording.started[:10],
        origin=label.comma.join(_origin(recording, label)),
    )


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("live.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
