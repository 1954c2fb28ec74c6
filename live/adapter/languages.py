"""The MkDocs plugin for what each page needs because it exists in several languages."""

from __future__ import annotations

from functools import partial
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from live.adapter.twins import twins_of
from live.rendering.reading_words import reading_words


class LanguagesPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """What mkdocs-static-i18n leaves undone: it makes the pages of each language, one language after the other."""

    def __init__(self) -> None:
        self.depth = 0

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the plugin that makes the languages."""
        if "i18n" not in config.plugins:
            raise PluginError("The plugin 'live-languages' works with 'i18n': list that in mkdocs.yml as well.")
        self.i18n: Any = config.plugins["i18n"]
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Begin a build, or a further language of the one that is going on."""
        self.depth += 1

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Give templates what they need."""
        env.globals |= {"twins": partial(twins_of, i18n=self.i18n), "reading_words": reading_words}
        return env

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Give the templates of a page what they need."""

    @event_priority(-200)  # i18n makes the further languages at -100
    def on_post_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """After the last language, write what there is one of for all languages."""
        self.depth -= 1

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Begin anew after a build that ended early."""
        self.depth = 0

    @property
    def language(self) -> str:
        """The language that is being built, as in mkdocs.yml."""
        return str(self.i18n.current_language)
