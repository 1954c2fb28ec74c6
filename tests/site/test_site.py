"""The project's own site, built whole: real output everywhere, and the same in both languages."""

from __future__ import annotations

import html
import os
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from live.exercising.exercises import MENDED
from live.keeping.committed import committed, file_of
from live.keeping.key import key_of
from live.pages.glossary import FORMS, terms
from live.pages.scan import Use, uses
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet
from tests.conftest import ROOT, STORE, Site
from tests.project import outputs
from tests.settled import settled_pages

PAGES = sorted(file.relative_to(ROOT / "docs").as_posix() for file in (ROOT / "docs").glob("??/**/*.md"))

SETTLED = settled_pages()
"""Chinese pages of which both languages are said to be the same: a correction of one alone fails no test."""


def shown(page: str) -> list[Use]:
    return uses((ROOT / "docs" / page).read_text(encoding="utf-8"), page)


def runnable() -> set[str]:
    """Paths of the snippets on pages that need nothing that is not here."""
    paths = {use.path or "" for page in PAGES for use in shown(page)}
    return {path for path in paths if not means(Snippet.load(ROOT, path)).missing}


def url(page: str) -> str:
    """Where MkDocs puts the page `zh/threading.md`: Chinese at the top, English below en/."""
    path = page.removesuffix(".md").removesuffix("index").removeprefix("zh/")
    return path.strip("/")


@pytest.mark.parametrize("page", PAGES)
def test_each_program_of_a_page_shows_the_output_of_its_recording(site: Site, page: str) -> None:
    expected = []
    for use in shown(page):
        snippet = Snippet.load(ROOT, use.path or "")
        lacking = means(snippet).missing
        recorded = committed(snippet) if lacking else site.store.get(snippet.path, key_of(snippet, Runner()))
        assert recorded, snippet
        assert recorded.exit_code == use.exit_code
        expected.append(recorded.text.removesuffix("\n"))
    assert outputs(site.html(url(page))) == expected
    assert all(expected), "every program prints something"


@pytest.mark.parametrize("page", SETTLED)
def test_twins_show_the_same_recordings(site: Site, page: str) -> None:
    chinese, english = (site.html(url(twin)) for twin in (page, page.replace("zh/", "en/", 1)))
    assert outputs(chinese) == outputs(english)
    times = r'<time datetime="([^"]*)"'
    assert re.findall(times, chinese) == re.findall(times, english)
    assert [use.path for use in shown(page)] == [use.path for use in shown(page.replace("zh/", "en/", 1))]


@pytest.mark.parametrize("page", PAGES)
def test_each_explained_line_has_its_explanation_and_each_explanation_its_line(site: Site, page: str) -> None:
    programs = re.findall('<div class="live-program"[^>]*>(.*?)<div class="live-run">', site.html(url(page)), re.DOTALL)
    assert len(programs) == len(shown(page))
    for program in programs:
        code, _, explanations = program.rpartition("</pre>")
        marks = [int(number) for number in re.findall(r"# \((\d+)\)!", code)]
        assert sorted(marks) == [*range(1, explanations.count("<li>") + 1)], program


@pytest.mark.parametrize("page", SETTLED)
def test_twins_have_the_same_headings_in_the_same_order(site: Site, page: str) -> None:
    pattern = r'<(h[1-6]) id="([^"]+)"'
    chinese, english = (re.findall(pattern, site.html(url(twin))) for twin in (page, "en/" + page[3:]))
    assert chinese == english
    assert not [name for _, name in chinese if re.fullmatch(r"_\d+", name)], "ids are explicit"


def test_every_snippet_is_shown_and_tested() -> None:
    on_pages = {use.path for page in PAGES for use in shown(page)}
    files = [*(ROOT / "tests/snippets").glob("test_*.py"), *(ROOT / "tests/exercises").glob("*.py")]
    tests = "".join(file.read_text(encoding="utf-8") for file in files)
    for file in (ROOT / "snippets").rglob("*.py"):
        path = file.relative_to(ROOT).as_posix()
        assert path in on_pages, f"no page shows {path}: include it in a block, as `make new-snippet` does"
        name = file.stem.removesuffix(MENDED)
        assert re.search(rf"\b{name}\b", tests), f"no test imports {path}: write tests/snippets/test_….py for it"
    assert len(on_pages) >= 8


def test_what_a_machine_may_lack_is_recorded_in_the_repository_as_it_is_now() -> None:
    for path in {use.path or "" for page in PAGES for use in shown(page)}:
        snippet = Snippet.load(ROOT, path)
        if snippet.options.needing:
            assert committed(snippet).exit_code is not None
        else:
            assert not file_of(snippet).exists(), "nothing it needs can be missing"


def test_committed_recordings_name_no_path_of_the_machine_that_made_them() -> None:
    for file in (ROOT / "snippets").rglob("*.recording.json"):
        assert not re.search(r"(?<![\w.<>-])/(?:root|home|Users|tmp|work|usr)/", file.read_text(encoding="ascii")), file


@pytest.mark.skipif(STORE in os.environ, reason=f"{STORE} is set: programs that did not change did not run")
def test_each_snippet_ran_once_for_both_languages(site: Site) -> None:
    ran = re.findall(r"\[\d+/\d+\] (\S+\.py):", site.output)
    assert sorted(ran) == sorted(runnable())
    for path in ran:
        assert len(list((site.store.folder / path.removesuffix(".py")).glob("*.jsonl"))) == 1


class Loaded(HTMLParser):
    """Addresses that a browser fetches without being asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        fetched = {"stylesheet", "icon", "preconnect", "preload", "prefetch", "dns-prefetch", "modulepreload"}
        if tag == "link" and fetched & set((values.get("rel") or "").split()):
            self.addresses.append(values.get("href") or "")
        elif tag in {"script", "img", "iframe", "source", "video", "audio", "embed"} and values.get("src"):
            self.addresses.append(values["src"] or "")


def test_a_page_loads_nothing_from_another_host(site: Site) -> None:
    for page in site.folder.rglob("*.html"):
        parser = Loaded()
        parser.feed(page.read_text(encoding="utf-8"))
        assert parser.addresses
        assert [address for address in parser.addresses if urlsplit(address).netloc] == []


def test_the_engine_knows_neither_mkdocs_nor_markdown() -> None:
    for file in (ROOT / "live").rglob("*.py"):
        if "adapter" not in file.parts:
            imported = re.findall(r"^\s*(?:from|import) ([\w.]+)", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert not {name.partition(".")[0] for name in imported} & {
                "mkdocs",
                "markdown",
                "markdown_exec",
                "pymdownx",
                "material",
            }
            assert not [name for name in imported if name.startswith("live.adapter")]


def test_keys_are_the_same_in_every_process(site: Site) -> None:
    for path in runnable():
        snippet = Snippet.load(ROOT, path)
        assert site.store.get(snippet.path, key_of(snippet, Runner()))


def test_both_glossaries_have_the_same_terms_and_pages_show_them(site: Site) -> None:
    chinese, english = (
        terms((ROOT / "docs" / language / "glossary.md").read_text(encoding="utf-8")) for language in ("zh", "en")
    )
    if "zh/glossary.md" in SETTLED:
        assert [(FORMS.join(term.forms), term.other) for term in chinese] == [
            (term.other, FORMS.join(term.forms)) for term in english
        ]
    assert len(chinese) >= 60
    for language, known in (("zh", chinese), ("en", english)):
        pages = [site.html(url(page)) for page in PAGES if page.startswith(language)]
        shown_terms = {html.unescape(title) for page in pages for title in re.findall(r'<abbr title="([^"]*)">', page)}
        assert shown_terms <= {term.title for term in known}
        assert len(shown_terms) > len(known) / 2
