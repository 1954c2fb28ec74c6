"""The MkDocs plugin: runs all programs while the pages are read, shows them, and fails the build if one failed."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import markdown_exec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from pymdownx.superfences import SuperFencesException

from live.adapter.annotations import AnnotationsExtension
from live.adapter.build import Build, Written
from live.adapter.config import LiveConfig
from live.adapter.formatter import USE, format_program
from live.adapter.measured import with_tables
from live.adapter.publishing import Replays, Shown, publish_program, with_player
from live.adapter.tooltips import TooltipsExtension
from live.engine import Engine
from live.errors import SnippetError
from live.keeping.store import Store
from live.pages.cells import fillers
from live.pages.failures import Failure, leftovers, objection, report
from live.pages.glossary import GLOSSARY, Finder, terms
from live.pages.scan import LANGUAGES, Use, uses
from live.progress import on_this_output
from live.recording import Recording
from live.rendering.kept import Kept
from live.rendering.program import render_run
from live.running.run import Runner
from live.signals import ending_in_order
from live.snippet import FOLDER, Snippet
from live.text import decoded

log = get_plugin_logger("live")

NUMBERS = re.compile(r"""\s(returncode|width)=("[^"]*"|'[^']*')""")


class SnippetsFailed(PluginError):
    """Ends the build after it has tried everything; the message lists all failures."""


class LivePlugin(BasePlugin[LiveConfig]):  # type: ignore[no-untyped-call]
    """Shows programs as they really ran."""

    def __init__(self) -> None:
        self.serving = False
        self.engine: Engine | None = None
        self.build = Build()
        self.config_of_engine: dict[str, Any] = {}
        self.page_uses: list[Use] = []
        self.signals = ExitStack()

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Having this method also makes MkDocs keep the plugin, and so the recordings in memory, while it serves."""
        self.serving = command == "serve"
        self.signals.enter_context(ending_in_order())

    @event_priority(50)  # before the search, whose dictionary takes longer to load than most programs run
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take over markdown-exec's `python` blocks, and start their programs.

        Called once for each language, with the same config; further languages are built inside the build of the first.
        """
        if "markdown-exec" not in config.plugins:
            raise PluginError("The plugin 'live' works through 'markdown-exec': list that in mkdocs.yml as well.")
        self.root = Path(config.config_file_path).parent.resolve()
        if self.engine is None or self.config_of_engine != self.config.data:  # mkdocs.yml was edited while serving
            limits = Runner(float(self.config.timeout), int(self.config.output_limit))
            store = Store(self.root / self.config.store)
            self.engine = Engine(self.root, store, limits, int(self.config.workers), warn=log.warning)
            self.config_of_engine = dict(self.config.data)
        for language in LANGUAGES:
            markdown_exec.formatters[language] = self._format
        if not any(isinstance(extension, AnnotationsExtension) for extension in config.markdown_extensions):
            config.markdown_extensions += [AnnotationsExtension(), TooltipsExtension(self._finder)]  # type: ignore[list-item]
        snippets = str(self.root / FOLDER)
        if Path(snippets).is_dir() and snippets not in config.watch:
            config.watch.append(snippets)
        self.config_of_site = config
        if self.build.depth == 0:
            self.build = Build()
            self.replays = Replays(Kept(self.root / self.config.store))
            self._start_programs_of(get_files(config))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Begin a build, or a further language of the one that is going on."""
        self.build.depth += 1

    @event_priority(-50)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Tell the formatter which program each block shows: the include is resolved before it sees the block."""
        self.page = page
        name = self._name(page.file)
        in_text, in_file = uses(markdown, name), self.build.uses.get(name, [])
        # Line numbers are right in the file only: the front matter is gone from the text. But the page may have been
        # edited since it was looked through.
        same = [use.as_written for use in in_file] == [use.as_written for use in in_text]
        self.page_uses = self.build.uses[name] = in_file if same else in_text
        self._start(self.page_uses)
        markdown, complaints = with_tables(markdown, in_text, self.build.recorded, self._language(page))
        for complaint in complaints:
            self.build.objections.append(Failure(name, (name,), "what its tables and charts ask for", complaint))
        lines = markdown.split("\n")
        for index, use in enumerate(in_text):
            # markdown-exec reads these options as numbers, and superfences swallows the error with the whole fence.
            fence = NUMBERS.sub("", lines[use.line - 1]) if objection(use) else lines[use.line - 1]
            lines[use.line - 1] = f'{fence.rstrip()} {USE}="{index}"'
            if use.include and not (self.root / (use.path or "")).is_file():
                lines[use.include - 1] = ""  # pymdownx.snippets would end the build at a missing file
        return "\n".join(lines)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Remember the page: its programs may still run, and the pages of the next language can be made meanwhile."""
        written = Written(Path(page.file.abs_dest_path), page.url, self._language(page))
        self.build.written[written] = self._waits(page.file)
        return output

    @event_priority(-150)  # i18n makes the further languages at -100, and at -200 others need what was printed
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """After the last language, put the runs in their places and report what failed."""
        self.build.depth -= 1
        if self.build.depth:
            return
        for page in sorted(self.build.written, key=self.build.written.__getitem__):
            self._finish(page, Path(config.docs_dir))
        for message in leftovers(self.build.recordings()):
            log.warning(message)
        if self.engine:
            self.engine.runner.rest()
        for path in {use.path for use in self.build.all_uses() if use.path}:
            publish_program(self.root, path, Path(config.site_dir))
        self.replays.publish(Path(config.site_dir))
        if self.engine and not self.serving:  # a server builds again by itself
            self.build.object_to_touched(self.engine.touched)
        if failures := self.build.failures:
            if not self.serving:
                raise SnippetsFailed(report(failures))
            log.error(report(failures))

    @event_priority(-100)  # the last: it may raise, and the others have something to put right
    def on_build_error(self, *, error: Exception) -> None:
        """A build that ends early still says which snippets failed."""
        self.build.recordings()  # nothing may go on running into the next build of a server
        failures, self.build = self.build.failures, Build()
        if failures and not isinstance(error, SnippetsFailed):
            log.error(report(failures))
        if isinstance(error, OSError):
            # MkDocs would show a traceback of itself, which tells nobody what to do.
            what = error.filename2 or error.filename
            raise PluginError(
                f"The build could not go on at {what} ({error.strerror})" if what else str(error)
            ) from error

    def on_shutdown(self) -> None:
        """End what runs, and leave nothing behind in markdown-exec, which outlives the plugin in tests."""
        if self.engine:
            self.engine.runner.stop()
        for batch in self.build.batches:
            batch.abandon()
        self.signals.close()
        for language in LANGUAGES:
            if markdown_exec.formatters.get(language) == self._format:
                del markdown_exec.formatters[language]

    def first_program(self, page: Page) -> str | None:
        """Path of the program that the page plays first, if it plays any."""
        shown = self.build.uses.get(self._name(page.file), ()) if self.config.run else ()
        return next((use.path for use in shown if use.path and not objection(use) and not self._measures(use)), None)

    def run_of(self, path: str) -> Recording | None:
        """The run of the program at that path, if there is one to play; waits until it is done."""
        recorded = self.build.recorded(path)
        return recorded if isinstance(recorded, Recording) and recorded.lanes else None

    def printed(self, page: str, name: str) -> str:
        """What the program of that name on the page at that address printed; known after the last language."""
        return self.replays.texts.get((page, name), "")

    @property
    def kept(self) -> Kept:
        """What was made of recordings earlier."""
        return self.replays.kept

    def _finder(self) -> Finder:
        """What finds the terms on the page that is being read: those of the glossary in the folder of its language."""
        page = Path(self.page.file.abs_src_path or "")
        docs = Path(self.config_of_site.docs_dir)
        language = page.relative_to(docs).parts[0] if page.is_relative_to(docs) else ""
        glossary = docs / language / GLOSSARY
        if page == glossary:
            return Finder([])
        if language not in self.build.finders:
            text = glossary.read_text(encoding="utf-8") if glossary.is_file() else ""
            self.build.finders[language] = Finder(terms(text))
        return self.build.finders[language]

    def _name(self, file: File) -> str:
        """The page's path from the project root, for messages."""
        path = Path(file.abs_src_path or file.src_uri).resolve()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else file.src_uri

    def _finish(self, page: Written, docs: Path) -> None:
        """Put the runs in their places; and the player on a page that has a replay, since no other loads it."""
        if not page.file.is_file():  # MkDocs writes no page that is empty
            return
        html = self.replays.fill(page.file.read_bytes().decode(), page.url)
        page.file.write_bytes(with_player(html, language=page.language, page=page.url, docs=docs).encode())

    def _start_programs_of(self, files: Files) -> None:
        pages = files.documentation_pages()
        texts = {self._name(file): file.content_string for file in pages}
        self.build.uses = {name: uses(text, name) for name, text in texts.items()}
        in_order = (self.build.uses[self._name(file)] for file in sorted(pages, key=self._waits))
        # What fills a table is waited for while its page is read; all else only after the last page.
        urgent = set[str]().union(*(fillers(text, self.build.uses[name]) for name, text in texts.items()))
        self._start(chain.from_iterable(in_order), urgent)

    def _waits(self, file: File) -> tuple[bool, int]:
        """Whether the page waits for all programs, because one of its own measures; and for how many of its own."""
        shown = self.build.uses.get(self._name(file), [])
        return any(self._measures(use) for use in shown), len(shown)

    def _measures(self, use: Use) -> bool:
        try:
            return bool(use.path) and Snippet.load(self.root, use.path or "").options.measure
        except SnippetError:
            return False

    def _start(self, wanted: Iterable[Use], urgent: Collection[str] = ()) -> None:
        """Begin to run the programs that are not in a batch of this build yet; at those paths, before all others."""
        if self.config.run and self.engine:
            progress = on_this_output(log.info) if log.isEnabledFor(logging.INFO) else None  # `-q`
            self.build.start(self.engine, wanted, urgent, progress)

    def _format(self, *, code: str, **options: Any) -> str:
        position = int(options.get("extra", {}).get(USE, -1))
        if not 0 <= position < len(self.page_uses):
            use = Use(self._name(self.page.file), 0, None)
        else:
            use = self.page_uses[position]
        try:
            snippet = Snippet.load(self.root, use.path) if use.path else None
        except SnippetError:
            snippet = None
        name, page = self._unique_name(use, position), self.page.url
        run = self.replays.place(partial(self._shown, use, name, page, self._language(self.page)), name=name, page=page)
        try:
            return format_program(use, snippet, run, name=name, code=code, **options)
        except Exception as error:
            # superfences swallows anything else, and the block with it.
            raise SuperFencesException(f"{use.place} cannot be shown: {error!r}") from error

    def _unique_name(self, use: Use, position: int) -> str:
        """`threads-daemon`, with a number where the page shows the same program again."""
        earlier = sum(other.path == use.path for other in self.page_uses[: max(0, position)])
        name = (use.path or "block").removeprefix(f"{FOLDER}/").removesuffix(".py").replace("/", "-")
        return f"{name}-{earlier + 1}" if earlier else name

    def _language(self, page: Page) -> str:
        """The language in which the page is written; of one that nobody has translated yet, that of the original."""
        return str(getattr(page.file, "locale", self.config_of_site.theme.get("language", "en")))

    def _shown(self, use: Use, name: str, page: str, language: str) -> Shown:
        """What stands below the code of a program on the page at that address. Waits until the program is done."""
        try:
            return self._show(use, name, page, language)
        except Exception as error:
            raise PluginError(f"{use.place} cannot be shown: {error!r}") from error

    def _show(self, use: Use, name: str, page: str, language: str) -> Shown:
        recorded = self.build.recorded(use.path)
        recording = recorded if isinstance(recorded, Recording) else None
        options: dict[str, Any] = {
            "language": language,
            "download": get_relative_url(use.path or "", page),
            "failure": str(self.build.failure(use) or ""),
            "missing": self.engine.missing.get(use.path or "", ()) if self.engine else (),
            "replay": self.replays.of(recording, name, page) if recording else None,
        }
        if recording is None:
            return Shown(render_run(None, **options), "")
        html = self.replays.kept.text(recording, repr(options), lambda: render_run(recording, **options))
        return Shown(html, decoded(recording.text))
