"""The replays of the real site in a real browser: what they show at a moment is what the recording says of it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from live.recording import Recording
from live.rendering.player_words import PLAYER_WORDS
from live.rendering.printed import lines
from live.rendering.replay import LARGEST
from live.replay.handovers import holds
from live.replay.spans import spans
from tests.browser.conftest import OVERFLOWING, needs_chromium, new_page, opened, until
from tests.conftest import ROOT, Site

pytestmark = needs_chromium

HOME = "basics/one_pen"
SHOWN = {
    HOME: "",
    "locks/rlock_turns": "locks/",
    "locks/opposite_order": "locks/",
    "event/four_methods": "event/",
    "processes/by_function": "multiprocessing/",
    "coroutines/greenlet_switch": "coroutines/",
}
"""Programs, and the page that shows each."""
MILLISECOND = 1_000_000
MATERIALS_OWN = [[".md-code__nav"], [".md-annotation"]]
"""What Material's script adds to code: it gives neither its navigation nor its marks a name."""
SCROLLING_CODE_IS_REACHABLE = """() => [...document.querySelectorAll(".live-program .highlight code")]
  .every((code) => code.scrollWidth <= code.clientWidth || code.tabIndex === 0)"""
LONG_ENOUGH = 25_000
"""Milliseconds after which any replay has come to its end."""


def at(name: str, milliseconds: float | None = None) -> str:
    """The end of an address that leads to the replay of a program, at a moment."""
    return f"{SHOWN[name]}#replay-{name.replace('/', '-')}" + ("" if milliseconds is None else f"?t={milliseconds:.3f}")


def program(page: Page, name: str) -> Locator:
    """The part of the page that shows the program."""
    return page.locator(".live-program", has=page.locator(f"#replay-{name.replace('/', '-')}"))


def used(page: Page, name: str) -> Locator:
    """The same, once its data is there."""
    shown = program(page, name)
    expect(shown).to_have_class(re.compile("live-used"))
    return shown


def at_home(browser: Browser, address: str, **context: object) -> tuple[Page, Locator]:
    """The home page and its replay. From now on, time passes only as the test says, however slow the machine is."""
    page = new_page(browser, **context)
    page.clock.install()
    page.goto(address + "en/")
    shown = program(page, HOME)
    dock(shown).press("Home")
    used(page, HOME)  # its data is there
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    return page, shown


def clock(shown: Locator) -> str:
    return shown.locator(".live-clock").inner_text()


def dock(shown: Locator) -> Locator:
    return shown.locator(".live-dock")


def glowing(shown: Locator) -> dict[int, set[int]]:
    """By line, the lanes that are on it."""
    rows = shown.locator(".live-at").evaluate_all("rows => rows.map(row => [row.dataset.line, row.dataset.lanes])")
    return {int(line): set(map(int, lanes.split())) for line, lanes in rows}


def visible_output(shown: Locator) -> str:
    return "".join(
        shown.locator(".live-part").evaluate_all(
            "parts => parts.filter(part => getComputedStyle(part).opacity === '1').map(part => part.textContent)"
        )
    )


def holders(shown: Locator) -> dict[int, tuple[int, int]]:
    """By thing, the lane that holds it, and how deep."""
    found = shown.locator(".live-lock[data-holder]").evaluate_all(
        "items => items.map(({dataset}) => [dataset.thing, dataset.holder, dataset.depth])"
    )
    return {int(thing): (int(lane), int(depth)) for thing, lane, depth in found}


def queues(shown: Locator) -> dict[int, set[int]]:
    """By thing, the lanes that wait for it."""
    found = shown.locator(".live-lock").evaluate_all(
        "items => items.map(({dataset}) => [dataset.thing, dataset.queue])"
    )
    return {int(thing): set(map(int, lanes.split())) for thing, lanes in found if lanes}


def state(shown: Locator) -> tuple[Any, ...]:
    return glowing(shown), visible_output(shown), holders(shown), queues(shown)


def recorded_state(recording: Recording, time: int) -> tuple[Any, ...]:
    """What `state` should be at that many nanoseconds from the start."""
    now = [span for span in spans(recording) if span.start <= time < span.end]
    held = {hold.thing: (hold.lane, hold.depth) for hold in holds(recording) if hold.start <= time < hold.end}
    ever_held = {hold.thing for hold in holds(recording)}
    on_lines: dict[int, set[int]] = {}
    waiting: dict[int, set[int]] = {}
    for span in now:
        if span.line is not None and span.file is not None and recording.files[span.file] == recording.snippet:
            on_lines.setdefault(span.line, set()).add(span.lane)
        if span.state == "waits" and span.thing in ever_held:
            waiting.setdefault(span.thing, set()).add(span.lane)
    text = "".join(part.stretch.text for line in lines(recording) for part in line.parts if part.at <= time)
    return on_lines, text, held, waiting


def five_times(recording: Recording) -> list[int]:
    """Nanoseconds in the middle of the five longest stretches in which nothing happens, in order."""
    moments = sorted({event.at for event in recording.events} | {piece.at for piece in recording.output})
    longest = sorted(pairwise(moments), key=lambda gap: gap[0] - gap[1])[:5]
    return sorted((start + end) // 2 for start, end in longest)


@pytest.mark.parametrize("name", SHOWN)
def test_at_five_times_lines_output_holders_and_queues_are_those_of_the_recording(
    browser: Browser, address: str, recording: Callable[[str], Recording], name: str
) -> None:
    page, trouble = opened(browser, address + at(name, 0), 1280, "light")
    shown, run = used(page, name), recording(name)
    for time in five_times(run):
        page.evaluate("hash => { location.hash = hash }", at(name, time / MILLISECOND).partition("#")[2])
        expect(shown.locator(".live-clock")).to_contain_text(f"{time / 1e9:.3f} 秒 /")
        assert state(shown) == recorded_state(run, time)
    assert trouble == []
    page.context.close()


def test_it_plays_to_the_end_and_can_be_played_again(browser: Browser, address: str) -> None:
    page, shown = at_home(browser, address)
    dock(shown).press("End")
    everything = visible_output(shown)
    for _ in range(2):
        shown.get_by_role("button", name="Play").click()
        expect(shown.get_by_role("button", name="Pause")).to_be_visible()
        page.clock.run_for(2000)
        assert glowing(shown)
        assert visible_output(shown) != everything
        assert shown.get_by_role("status").inner_text() == "", "nothing is read out while it plays"
        page.clock.run_for(LONG_ENOUGH)
        expect(shown.get_by_role("button", name="Play")).to_be_visible()
        assert visible_output(shown) == everything
        assert glowing(shown) == {}
        now, end = re.findall(r"[\d.]+", clock(shown))
        assert float(now) == pytest.approx(float(end), abs=0.01)
    page.context.close()


def test_slow_motion_is_slower_and_steps_are_events(browser: Browser, address: str) -> None:
    page, shown = at_home(browser, address)
    reached = []
    for speed in ("1×", "¼×"):
        shown.get_by_role(
            "button", name=re.compile(PLAYER_WORDS["en"].slow_hint if speed == "¼×" else "Normal")
        ).click()
        dock(shown).press("Home")
        shown.get_by_role("button", name="Play").click()
        page.clock.run_for(4000)
        shown.get_by_role("button", name="Pause").click()
        reached.append(float(shown.get_by_label("Position").input_value()))
    assert reached[1] < reached[0] / 2
    dock(shown).press("Home")
    shown.get_by_role("button", name=PLAYER_WORDS["en"].steps_hint).click()
    before = clock(shown)
    shown.get_by_role("button", name="Play").click()
    page.clock.run_for(500)
    assert clock(shown) == before
    page.clock.run_for(300)
    after_a_step = clock(shown)
    dock(shown).press("Home")
    dock(shown).press("ArrowRight")
    assert clock(shown) == after_a_step != before
    page.context.close()


def test_with_reduced_motion_it_jumps_from_event_to_event(
    browser: Browser, address: str, recording: Callable[[str], Recording]
) -> None:
    page, shown = at_home(browser, address, reduced_motion="reduce")
    shown.get_by_role("button", name="Play").click()
    run = recording(HOME)
    moments = {time for span in spans(run) for time in (span.start, span.end)} | {0, run.duration}
    moments |= {piece.at for piece in run.output} | {time for hold in holds(run) for time in (hold.start, hold.end)}
    allowed = {f"{time / 1e9:.3f}" for time in moments}
    seen = set()
    for _ in range(20):
        page.clock.run_for(400)
        seen.add(clock(shown).split(" s ")[0])
    assert len(seen) > 3
    assert seen <= allowed
    page.context.close()


def test_nothing_starts_by_itself(browser: Browser, address: str) -> None:
    page, trouble = opened(browser, address, 1280, "light")
    assert page.locator(".live-used").count() == 0
    assert page.locator("script[src*='assets/replay/']").count() == 0, "no data is loaded before it is needed"
    assert trouble == []
    page.context.close()


def test_the_keyboard_alone_is_enough(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address + "en/", 1280, "light")
    shown = program(page, HOME)
    for _ in range(100):
        page.keyboard.press("Tab")
        if dock(shown).evaluate("dock => dock === document.activeElement"):
            break
    assert dock(shown).evaluate("dock => getComputedStyle(dock).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    used(page, HOME)
    page.keyboard.press("Home")
    start = clock(shown)
    seen = [state(shown)]
    for _ in range(60):
        page.keyboard.press("ArrowRight")
        seen.append(state(shown))
    for before in reversed(seen[:-1]):
        page.keyboard.press("ArrowLeft")
        assert state(shown) == before
    assert clock(shown) == start
    assert shown.get_by_role("status").inner_text()
    page.keyboard.press("End")
    assert glowing(shown) == {}
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(shown.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(shown.get_by_role("button", name="Play")).to_be_visible()
    page.keyboard.press("Tab")
    assert shown.get_by_role("button", name=PLAYER_WORDS["en"].back).evaluate("one => one === document.activeElement")
    page.context.close()


def test_dragging_on_the_timeline_moves_through_time(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address + "en/" + at(HOME, 0), 1280, "light")
    shown = used(page, HOME)
    shown.locator(".live-timeline").evaluate("one => one.scrollIntoView({block: 'center'})")
    places, times = [], []
    for part in ("0.3", "0.7"):
        shown.get_by_label("Position").evaluate(
            "(slider, part) => { slider.value = slider.max * part; slider.dispatchEvent(new Event('input')); }", part
        )
        expect(shown.locator(".live-clock")).not_to_contain_text(times[-1] if times else "0.000 s /")
        times.append(clock(shown))
        places.append(shown.locator(".live-playhead").evaluate("head => head.getBoundingClientRect().x"))
    height = shown.locator(".live-timeline-picture").evaluate("one => one.getBoundingClientRect().y") + 5
    page.mouse.move(places[1] - 5, height)
    page.mouse.down()
    page.mouse.move(places[0], height, steps=3)
    page.mouse.up()
    there = clock(shown)
    assert float(there.split()[0]) == pytest.approx(float(times[0].split()[0]), abs=0.02)
    page.mouse.move(places[1], height)
    assert clock(shown) == there, "only while the button is down"
    page.context.close()


@pytest.mark.parametrize(
    ("language", "name"),
    [("", HOME), ("en/", HOME), ("en/", "locks/rlock_turns"), ("", "coroutines/greenlet_switch")],
)
def test_on_a_phone_nothing_overflows_while_a_replay_is_used(
    browser: Browser, address: str, name: str, language: str
) -> None:
    page, trouble = opened(browser, address + language + at(name, 0), 390, "dark", has_touch=True)
    shown = used(page, name)
    for _ in range(3):
        shown.get_by_role("button", name=PLAYER_WORDS["en" if language else "zh"].forward).tap()
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") == 0
    assert trouble == []
    page.context.close()


def test_without_javascript_the_picture_is_there_and_no_dead_controls(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 390, "light", java_script_enabled=False)
    shown = program(page, HOME)
    assert shown.locator(".live-timeline-picture").is_visible()
    assert shown.locator(".live-output").is_visible()
    assert shown.locator("button, input").count() == 0
    page.context.close()


def violations(page: Page, where: str) -> list[tuple[str, Any]]:
    """What axe finds in that part of the page, with the first place of each."""
    # Material's script makes code that scrolls reachable by keyboard, some time after the page has loaded.
    until(page, SCROLLING_CODE_IS_REACHABLE)
    found = Axe().run(
        page, context={"include": [[where]], "exclude": MATERIALS_OWN}, options={"resultTypes": ["violations"]}
    )
    return [(rule["id"], rule["nodes"][0]["target"]) for rule in found.response["violations"]]


@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("en/", "dark")])
def test_axe_finds_nothing_in_programs(browser: Browser, address: str, language: str, scheme: str) -> None:
    page, _ = opened(browser, address + language, 1280, scheme)
    assert violations(page, ".live-program") == []
    page.context.close()


@pytest.mark.parametrize(
    ("address_of", "scheme"),
    [(at(HOME, 200), "light"), (at(HOME, 200), "dark"), (f"en/{at('locks/rlock_turns', 500)}", "dark")],
)
def test_axe_finds_nothing_in_a_replay_in_use(browser: Browser, address: str, address_of: str, scheme: str) -> None:
    page, _ = opened(browser, address + address_of, 1280, scheme)
    expect(page.locator(".live-used")).to_have_count(1)
    assert violations(page, ".live-used") == []
    page.context.close()


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_shared_link_opens_at_its_moment_and_the_button_copies_that_link(
    browser: Browser, address: str, recording: Callable[[str], Recording], language: str
) -> None:
    name = "locks/rlock_turns"
    time = five_times(recording(name))[2]
    page, _ = opened(
        browser,
        address + language + at(name, time / MILLISECOND),
        1280,
        "light",
        permissions=["clipboard-read", "clipboard-write"],
    )
    shown = used(page, name)
    assert state(shown) == recorded_state(recording(name), time)
    expect(shown.locator(".highlight")).to_be_in_viewport()
    shown.get_by_role("button", name=PLAYER_WORDS["en" if language else "zh"].link).click()
    expect(shown.get_by_role("status")).to_have_text(PLAYER_WORDS["en" if language else "zh"].copied)
    assert page.evaluate("navigator.clipboard.readText()") == address + language + at(name, time / MILLISECOND)
    page.context.close()


def test_a_link_to_nowhere_does_no_harm(browser: Browser, address: str) -> None:
    for end in ("#replay-basics-nothing?t=5", f"#{'%'}?t=1", "#replay-basics-one_pen?t=99999999"):
        page, trouble = opened(browser, address + end, 1280, "light")
        assert trouble == []
        page.context.close()


def test_a_site_opened_from_the_disk_replays_as_well(
    browser: Browser, site: Site, recording: Callable[[str], Recording]
) -> None:
    page, run = new_page(browser), recording(HOME)
    time = five_times(run)[2]
    page.goto(f"{(site.folder / 'index.html').as_uri()}{at(HOME, time / MILLISECOND)}")
    assert state(used(page, HOME)) == recorded_state(run, time)
    page.context.close()


def test_copying_copies_only_what_was_printed_even_in_the_middle_of_a_replay(
    browser: Browser, address: str, recording: Callable[[str], Recording]
) -> None:
    page, _ = opened(browser, address + at(HOME, 200), 1280, "light", permissions=["clipboard-read", "clipboard-write"])
    shown = used(page, HOME)
    printed = recording(HOME).text.rstrip()
    shown.locator(".live-output").hover()
    shown.locator(".live-output button").click()
    until(page, "navigator.clipboard.readText().then(text => text !== '')")
    assert page.evaluate("navigator.clipboard.readText()") == printed
    selected = shown.locator(".live-output code").evaluate(
        "code => { getSelection().selectAllChildren(code); return getSelection().toString(); }"
    )
    assert selected == printed
    shown.locator(".highlight pre").hover()
    shown.locator(".highlight button[data-clipboard-target]").click()
    until(page, "printed => navigator.clipboard.readText().then(text => text !== printed)", arg=printed)
    source = (ROOT / f"snippets/{HOME}.py").read_text(encoding="utf-8")
    assert page.evaluate("navigator.clipboard.readText()") == source.rstrip()
    page.context.close()


def test_annotations_still_open_while_a_replay_is_used(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address + at("locks/rlock_turns", 300), 1280, "light")
    shown = used(page, "locks/rlock_turns")
    shown.locator(".highlight").scroll_into_view_if_needed()
    mark = shown.locator(".md-annotation").first
    mark.wait_for(state="attached")
    mark.scroll_into_view_if_needed()
    mark.locator(".md-annotation__index").click(force=True)  # it pulses, and so never keeps still
    expect(page.locator(".md-tooltip--active, .md-tooltip2--active").first).to_be_visible()
    page.context.close()


def test_only_pages_with_a_replay_load_the_player(site: Site) -> None:
    for page in site.folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert html.count("assets/replay.js") == (1 if 'class="live-replay"' in html else 0), page


def test_the_player_is_small(site: Site) -> None:
    assert len(gzip.compress((site.folder / "assets/replay.js").read_bytes(), 9)) < 12_000


def test_the_data_of_every_replay_is_small(site: Site) -> None:
    sizes = {
        file.stem: len(gzip.compress(file.read_bytes(), 9)) for file in (site.folder / "assets/replay").rglob("*.js")
    }
    assert len(sizes) > 50
    assert max(sizes.values()) <= LARGEST
    assert sum(size > 8_000 for size in sizes.values()) < 0.1 * len(sizes)


def test_every_page_finds_its_data_and_its_trace(site: Site) -> None:
    for page in site.folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        for found in re.findall(r'data-replay="([^"]+)"|href="([^"]+-trace\.json)"', html):
            assert (page.parent / "".join(found)).resolve().is_file(), f"{page}: {found}"
