"""The MkDocs plugin for what each page needs because it exists in several languages."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from live.adapter.columns import ColumnsExtension
from live.adapter.translations import Translations
from live.adapter.twins import twins_of
from live.adapter.whole import Whole
from live.rendering.reading_words import reading_words
from live.site.foreign import marked
from live.site.head import Head
from live.site.languages import bcp47
from live.site.missing import MISSING, missing
from live.site.sitemap import INDEX
from live.site.words import site_words
from live.translating.page import with_language

log = get_plugin_logger("live")


class LanguagesPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """What mkdocs-static-i18n leaves undone: it makes the pages of each language, one language after the other."""

    def __init__(self) -> None:
        self.depth = 0

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the plugins that make the languages and run the programs."""
        for name in ("i18n", "live"):
            if name not in config.plugins:
                raise PluginError(f"The plugin 'live-languages' works with '{name}': list that in mkdocs.yml as well.")
        self.i18n: Any = config.plugins["i18n"]
        self.live: Any = config.plugins["live"]
        if not any(isinstance(extension, ColumnsExtension) for extension in config.markdown_extensions):
            config.markdown_extensions += [ColumnsExtension(self._other_names)]  # type: ignore[list-item]
        config.theme.static_templates.discard(INDEX)  # there will be one for each language
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Begin a build, or a further language of the one that is going on."""
        if self.depth == 0:
            self.translations = Translations(config, self.i18n)
            self.whole = Whole.of(config, self.i18n.build_languages, self.i18n.default_language)
        self.depth += 1

    @event_priority(10)  # before the programs on the page are looked for
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Say which sections are not up to date, and put the original where a translation is missing."""
        return self.translations.complete(markdown, page, str(self.i18n.current_language))

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Say which language a section is in that comes from the original."""
        return with_language(html)

    @event_priority(-200)  # after i18n has brought its own
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:  # noqa: ARG002
        """Without this, what is no template any more would be copied as it is."""
        if unwritten := files.src_uris.get(INDEX):
            files.remove(unwritten)
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Give templates what they need."""
        self.whole.add(self.language, files.documentation_pages())
        env.globals |= {"twins": partial(twins_of, i18n=self.i18n), "reading_words": reading_words}
        return env

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> None:
        """Give the page that stands where there is none what it needs."""
        if template_name == MISSING:
            # i18n leaves here where the last page of another language is in all others, in the place of first pages.
            vars(config.extra).pop("alternate", None)
            default = self.i18n.is_default_language_build
            rest = missing(self.language, self.whole.homes, default=default)
            self._give(context, self.whole.head_of_missing(self.language), missing=rest)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Keep that page: MkDocs writes those of all languages to the same place."""
        if template_name == MISSING:
            output_content = marked(output_content, self.language)
            self.whole.missing[self.whole.homes[self.language]] = output_content
        return output_content

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG002
        """Give the templates of a page what they need."""
        head = self.whole.head(self.language, page, self.live.first_program(page))
        self._give(context, head)
        if head.translated and not page.meta.get("description"):
            log.warning("%s has no description: add one to its front matter, for search engines.", page.file.src_uri)

    @event_priority(50)  # before live puts in the runs, which are in the language of the page but for code
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Mark the words of other languages."""
        return marked(output, self.language)

    @event_priority(-200)  # i18n makes the further languages at -100
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """After the last language, write what there is one of for all languages."""
        self.depth -= 1
        if self.depth == 0:
            for path, content in self.whole.files(self.live.run_of, self.live.kept, Path(config.docs_dir)):
                write_file(content, str(Path(config.site_dir, path)))

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Begin anew after a build that ended early."""
        self.depth = 0

    @property
    def language(self) -> str:
        """The language that is being built, as BCP 47 writes it."""
        return bcp47(self.i18n.current_language)

    @staticmethod
    def _give(context: Any, head: Head, **more: object) -> None:
        context.update(more, head=head, words=site_words(head.original))

    def _other_names(self) -> dict[str, str]:
        """By what they call themselves, the languages that are not being built."""
        codes = {language.name: bcp47(language.locale) for language in self.i18n.config.languages}
        return {name: code for name, code in codes.items() if code != self.language}
