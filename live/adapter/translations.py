"""Brings the state of the translations onto the pages of the site."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from live.rendering.translation import Progress, render_notice, render_status
from live.translating.page import below_heading, completed
from live.translating.pairs import ORIGINAL, Pair, State, all_pairs

STATUS = "status.md"
"""In the folder of each language: the page that lists what is not up to date."""
HELP = "help"
"""Id of its section that says how to help."""
PLACE = "<!-- live:translations -->"
"""What stands on that page for the table."""


class Translations:
    """How far the translations are, during one build."""

    def __init__(self, config: MkDocsConfig, i18n: Any) -> None:
        self.config, self.i18n = config, i18n
        self.docs = Path(config.docs_dir)

    @cached_property
    def progress(self) -> list[Progress]:
        """Of each language that is built, besides the original."""
        languages = [str(language) for language in self.i18n.build_languages if language != ORIGINAL]
        return [
            Progress(language, self.i18n.get_language_config(language).name, list(all_pairs(self.docs, language)))
            for language in languages
            if (self.docs / language).is_dir()
        ]

    def complete(self, markdown: str, page: Page, language: str) -> str:
        """The text of a page in that language, with what its reader should know of the translation."""
        folder, _, name = page.file.src_uri.partition("/")
        if folder not in self.i18n.all_languages:
            return markdown

        def here(pair: Pair, language: str) -> str:
            return f"{self._relative(pair.page, language, page)}#{pair.id}"

        def notice(pair: Pair) -> str:
            return self._notice(pair.state, page, language, original=here(pair, ORIGINAL))

        if folder != language:
            return below_heading(markdown, self._notice(None, page, language))
        if language != ORIGINAL:
            pairs = [pair for one in self.progress if one.language == language for pair in one.sections]
            markdown = completed(markdown, [pair for pair in pairs if pair.page == name], notice, ORIGINAL)
        if PLACE in markdown:
            markdown = markdown.replace(PLACE, render_status(self.progress, language, here))
        return markdown

    def _notice(self, state: State | None, page: Page, language: str, original: str = "") -> str:
        help = f"{self._relative(STATUS, language, page)}#{HELP}"
        return render_notice(state, language, original=original, help=help)

    def _relative(self, name: str, language: str, page: Page) -> str:
        """Address of a page in a language, seen from the page that is being made."""
        url = File(name, self.config.docs_dir, self.config.site_dir, self.config.use_directory_urls).url
        url = "" if url == "./" else url
        return get_relative_url(url if language == self.i18n.default_language else f"{language}/{url}", page.url)
