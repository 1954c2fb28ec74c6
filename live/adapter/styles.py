"""The MkDocs plugin that joins the theme's style sheets and the project's own."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.utils import write_file

from live.site.styles import FOLDER, name_of, one_sheet

THEMES = ("main", "palette")
"""What Material's style sheets are called, before the digests in their names."""


class StylesConfig(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml says of it."""

    sheets = ListOfItems(Type(str), default=[])
    """The project's own, in the folder of the pages, in the order in which they count."""


class StylesPlugin(BasePlugin[StylesConfig]):  # type: ignore[no-untyped-call]
    """Has every page load one style sheet, which main.html asks for as `style_sheet`."""

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Join the sheets, and tell the templates where they will be."""
        found = [self._theme(name, config.theme.dirs) for name in THEMES]
        self.sheet = one_sheet(file.read_text(encoding="utf-8") for file in [*found, *self._own(config.docs_dir)])
        env.globals["style_sheet"] = name_of(self.sheet)
        return env

    @event_priority(-200)  # i18n builds the further languages at -100, and a build begins with an empty folder
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what pages ask for."""
        write_file(self.sheet.encode(), str(Path(config.site_dir, name_of(self.sheet))))

    def _theme(self, name: str, folders: list[str]) -> Path:
        found = [file for folder in folders for file in sorted(Path(folder, FOLDER).glob(f"{name}.*.min.css"))]
        if not found:
            raise PluginError(
                f"The plugin 'live-styles' finds no {FOLDER}/{name}.*.min.css in the theme: it joins those of Material."
            )
        return found[0]

    def _own(self, docs: str) -> list[Path]:
        files = [Path(docs, sheet) for sheet in self.config.sheets]
        for sheet, file in zip(self.config.sheets, files, strict=True):
            if not file.is_file():
                raise PluginError(
                    f"The plugin 'live-styles' finds no {sheet} in {docs}: mend its 'sheets' in mkdocs.yml."
                )
        return files
