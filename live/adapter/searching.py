"""The MkDocs plugin that gives each language a search of its own, which keeps programs apart from text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from live.pages.glossary import FORMS, GLOSSARY, terms
from live.searching.index import Document, Index, Language, programs
from live.searching.page import INDEX, PROGRAMS, WORKER, own_search
from live.searching.programs import Aside, Program
from live.searching.words import Words

LOADED_AT_ONCE = "search/search_index.json"
"""What Material's script loads with each page, below the address that the page gives as its base."""
SCRIPTS = "assets/javascripts"
CUT_BY_ITSELF = frozenset({"ja", "hi", "th"})
"""Languages for which Material's search brings something that finds the words."""


class SearchingPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Writes an index for each language, where the pages of that language look for it, and one of all programs."""

    def __init__(self) -> None:
        self.depth = 0
        self.programs: list[Callable[[], Document]] = []
        self.indexes: dict[str, Callable[[], Index]] = {}

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find what this works with."""
        self.live: Any = config.plugins.get("live")
        self.i18n: Any = config.plugins.get("i18n")
        self.search: Any = config.plugins.get("material/search")
        if self.live is None:
            raise PluginError("The plugin 'live-search' works with 'live': list that in mkdocs.yml as well.")
        if self.i18n is None or self.search is None or not self.search.config.enabled:
            raise PluginError("The plugin 'live-search' works with Material's 'search' and 'i18n': list both as well.")
        if not Path(config.docs_dir, SCRIPTS, "workers", WORKER).is_file():
            raise PluginError(f"The plugin 'live-search' works with a script: copy {SCRIPTS}/workers/{WORKER} as well.")
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Begin a build, or a further language of the one that is going on."""
        self.depth += 1
        self.programs = []

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Let pages say where their search is, and learn what Material's search has for their language."""
        env.filters["own_search"] = partial(own_search, root=self._root)
        source, *_ = env.loader.get_source(env, "main.html") if env.loader else ("",)
        if "own_search" not in source:
            raise PluginError("The plugin 'live-search' works through main.html: set 'custom_dir' to where that is.")
        say = env.get_template("partials/language.html", None, {"config": config}).module.t  # type: ignore[attr-defined]
        self.settings = {
            "lang": [say("search.config.lang")],
            "separator": self.search.config.separator,
            "pipeline": [],  # each query says which words it does without, and a stem is no beginning of a word
        }
        return env

    @event_priority(50)  # Material's search reads the page at 0
    def _before_reading(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG002
        """Take programs out of what the search reads."""
        self.order = {page.url: number for number, page in enumerate(nav.pages)}
        self.aside = Aside.of(page.content or "")
        page.content = self.aside.html
        options = page.meta.setdefault("search", {})
        if getattr(page.file, "locale", self._locale) != self._locale:
            options["exclude"] = True  # stands in for a page that nobody has translated yet
        if not options.get("exclude"):
            boost = options.get("boost", 1)
            self.programs += [partial(self._found, program, page.url, boost) for program in self.aside.programs()]

    @event_priority(-50)
    def _after_reading(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG002
        """Put them back."""
        page.content = self.aside.put_back(page.content or "")

    on_page_context = CombinedEvent(_before_reading, _after_reading)

    @event_priority(-50)  # i18n makes the further languages at -100, and each begins the search anew
    def _after_language(self, *, config: MkDocsConfig) -> None:
        """Take up what is in the language that was built. What its programs printed is known after the last one."""
        glossary = Path(config.docs_dir, self._locale, GLOSSARY)
        known = terms(glossary.read_text(encoding="utf-8")) if glossary.is_file() else []
        words = Words(form for term in known for form in (*term.forms, *term.other.split(FORMS)))
        language = Language(self._root, words, known, self._locale not in CUT_BY_ITSELF)
        entries = [Document(**{"tags": (), **entry}) for entry in self.search.search_index.entries]
        settings, later, order = self.settings, self.programs, self.order

        def made() -> Index:
            documents = sorted([*entries, *(program() for program in later)], key=partial(_place, order))
            return Index(settings, documents, language)

        self.indexes[self._root] = made

    @event_priority(-200)
    def _after_all(self, *, config: MkDocsConfig) -> None:
        """After the last language, write all indexes: i18n has put one of everything in the place of the first."""
        self.depth -= 1
        if self.depth == 0:
            site = Path(config.site_dir)
            indexes = [made() for made in self.indexes.values()]
            for index in indexes:
                folder = site / index.language.root
                write_file(index.text().encode(), str(folder / INDEX))
                write_file(index.nothing().encode(), str(folder / LOADED_AT_ONCE))
            write_file(programs(indexes).encode(), str(site / PROGRAMS))
            self.indexes = {}

    on_post_build = CombinedEvent(_after_language, _after_all)

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Begin anew after a build that ended early."""
        self.depth, self.indexes = 0, {}

    def _found(self, program: Program, page: str, boost: float) -> Document:
        return Document.of(program, self.live.printed(page, program.name), page, boost)

    @property
    def _locale(self) -> str:
        """The language that is being built, as in mkdocs.yml."""
        return str(self.i18n.current_language)

    @property
    def _root(self) -> str:
        """Address of its pages."""
        return "" if self.i18n.is_default_language_build else f"{self._locale}/"


def _place(order: Mapping[str, int], document: Document) -> tuple[bool, str, int]:
    """Text first, in the order of the navigation; and a program beside itself, which compresses well."""
    page = document.location.partition("#")[0]
    title = document.title if document.is_program else ""
    return document.is_program, title, order.get(page, len(order))
