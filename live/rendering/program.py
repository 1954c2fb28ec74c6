"""The part of a page that shows one run, below the program's code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from markupsafe import Markup

from live.recording import Recording
from live.rendering.lanes import names, short_names
from live.rendering.output import stretches
from live.rendering.player_words import player_words
from live.rendering.printed import has_too_many_lines, lines
from live.rendering.template import template
from live.rendering.timeline import render_timeline
from live.rendering.words import Words, date, spoken, words

START_OF_RUN = "<!-- live:run -->"
"""Stands between code and run, so that the adapter can put annotations there."""
REPLAY = 'class="live-replay"'
"""Is in every page that has a replay, and so needs the player."""


@dataclass(frozen=True)
class Replay:
    """Where the page finds what the player needs."""

    name: str
    """Id of the replay, unique on the page."""
    script: str
    """Address of its data, as seen from the page."""
    trace: str
    """Address of the trace for Perfetto, as seen from the page."""


def render_run(
    recording: Recording | None,
    *,
    language: str,
    download: str,
    failure: str = "",
    missing: Sequence[str] = (),
    replay: Replay | None = None,
) -> Markup:
    """The output, the replay and the facts of a run as HTML.

    Args:
        recording: The run; None where nothing was run.
        language: The page's language, a key of `WORDS`.
        download: Address of the program's file, as seen from the page.
        failure: What went wrong, for the people who build the site.
        missing: What the program needs and this build did not have, so that the recording comes from elsewhere.
        replay: The replay, if there is one.
    """
    label = words(language)
    timeline = Markup()
    if recording and replay:
        timeline = render_timeline(recording, language=language, name=replay.name)
    day = date(language, recording.started[:10]) if recording else ""
    return Markup(
        template("run.html").render(
            words=label,
            day=day,
            lang="" if spoken(language) == language else spoken(language),
            recording=recording,
            output=_output(recording, label) if recording else "",
            replay=replay,
            timeline=timeline,
            lacks=lacks(recording, label) if recording and replay else [],
            facts=facts(recording, label) if recording else [],
            download=download,
            file=download.rpartition("/")[2],
            failure=failure,
            elsewhere=_elsewhere(recording, label, missing, day) if recording and missing else "",
        )
    )


def render_player(script: str, language: str) -> Markup:
    """What a page with replays needs once: the player, at that address, and its words."""
    said = json.dumps(asdict(player_words(language)), ensure_ascii=False, separators=(",", ":"))
    return Markup(template("player.html").render(script=script, words=said))


def _output(recording: Recording, label: Words) -> Markup:
    """What was printed; beside each line, where that is known, who printed it and when."""
    printed = lines(recording) if recording.lanes else []
    long, short = names(recording), short_names(recording)
    used = {line.lane for line in printed if line.lane is not None}
    times = [_seconds(line.at) for line in printed]
    return Markup(
        template("output.html").render(
            words=label,
            lines=printed,
            stretches=stretches(recording),
            height=max(1, len(recording.lines)),
            names=long,
            shorts=short,
            time=_seconds,
            widths=[max(map(len, texts)) for texts in (_of(long, used), times, _of(short, used))] if used else [],
        )
    )


def _of(texts: Sequence[str], lanes: set[int]) -> list[str]:
    return [texts[lane] for lane in lanes]


def _seconds(nanoseconds: int) -> str:
    """In the page's gutter, where the unit is the same in every language."""
    return f"{nanoseconds / 1e9:.3f} s"


def lacks(recording: Recording, label: Words) -> list[str]:
    """Sentences on what the replay does not show."""
    gaps = {"full": label.lacks_full, "traced": label.lacks_traced, "trouble": label.lacks_trouble}
    found = [sentence for gap, sentence in gaps.items() if gap in recording.gaps]
    if any(event.kind == "hot" for event in recording.events):
        found.insert(0, label.lacks_visits)
    if has_too_many_lines(recording):
        found.append(label.lacks_printers)
    return found


def facts(recording: Recording, label: Words) -> list[str]:
    """What the reader should know about the run, but for its date."""
    code = recording.exit_code
    found = [
        " ".join(recording.launch),
        *origin(recording, label),
        label.seconds.format(f"{recording.duration / 1e9:.2f}"),
        label.stopped.format(recording.timeout) if code is None else "",
        label.exit_code.format(code) if code and code > 0 else "",
        label.signal.format(recording.signal) if code and code < 0 else "",
        label.leftovers.format(len(recording.leftovers)) if recording.leftovers else "",
    ]
    return [fact for fact in found if fact]


def origin(recording: Recording, label: Words) -> list[str]:
    """The interpreter and the machine that the recording comes from."""
    interpreter, machine = recording.interpreter, recording.machine
    return [
        f"{interpreter.implementation} {interpreter.version}",
        *([label.free_threaded] if interpreter.free_threaded else []),
        f"{machine.system} {machine.architecture}",
        label.one_core if machine.cores == 1 else label.cores.format(machine.cores),
    ]


def _elsewhere(recording: Recording, label: Words, missing: Sequence[str], day: str) -> str:
    """That the recording comes from the repository: why, and where and when it was made."""
    return label.elsewhere.format(
        missing=label.comma.join(missing),
        date=day,
        origin=label.comma.join(origin(recording, label)),
    )
