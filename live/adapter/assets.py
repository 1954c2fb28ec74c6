"""The MkDocs plugin that makes small what each page loads, and right what it shows before its scripts run."""

from __future__ import annotations

from pathlib import Path

import rjsmin
from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from live.adapter.tables import TablesExtension
from live.site.policy import with_policy
from live.site.styles import FOLDER, UNNAMED, name_of, one_sheet
from live.site.used import Names, Sheet

THEMES = ("main", "palette")
"""What Material's style sheets are called, before the digests in their names."""
BUNDLE = "assets/javascripts/bundle.*.min.js"
"""Material's script."""
CODE = "<pre><span></span><code>"
"""How code begins in a page, once Pygments has marked it."""


class AssetsConfig(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml says of it."""

    sheets = ListOfItems(Type(str), default=[])
    """The project's own, in the folder of the pages, in the order in which they count."""


class AssetsPlugin(BasePlugin[AssetsConfig]):  # type: ignore[no-untyped-call]
    """Has every page load one style sheet, which main.html asks for as `style_sheet`."""

    def __init__(self) -> None:
        self.depth = 0
        self.joined = ""
        self.serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Having this method also makes MkDocs keep the plugin, and so the parsed sheet, while it serves."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Have tables stand in their boxes before any script has run."""
        if not any(isinstance(extension, TablesExtension) for extension in config.markdown_extensions):
            config.markdown_extensions += [TablesExtension()]  # type: ignore[list-item]
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Begin a build, or a further language of the one that is going on."""
        self.depth += 1

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Join the sheets, and tell the templates where they will be."""
        found = [self._theme(name, config.theme.dirs) for name in THEMES]
        joined = one_sheet(file.read_text(encoding="utf-8") for file in [*found, *self._own(config.docs_dir)])
        if joined != self.joined:
            try:
                self.sheet, self.joined = Sheet.of(joined), joined
            except ValueError as error:
                raise PluginError(f"The plugin 'live-assets' cannot read the style sheets: {error}") from error
        env.globals["style_sheet"] = UNNAMED
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Let code be scrolled by keyboard: Material sees to that only once it has come into sight (content.lazy)."""
        return html.replace(CODE, CODE.replace("<code>", '<code tabindex="0">'))

    @event_priority(-300)  # after the last language is built, at -100, and all pages are finished, at -200
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the sheet that suits the pages, have them ask for it, and say what else they may load."""
        self.depth -= 1
        if self.depth:
            return
        docs, site = Path(config.docs_dir), Path(config.site_dir)
        scripts = [path.relative_to(docs) for path in docs.rglob("*.js") if (site / path.relative_to(docs)).is_file()]
        for script in scripts:
            text = (docs / script).read_text(encoding="utf-8")
            write_file(rjsmin.jsmin(text).encode(), str(site / script))
        pages = {file: file.read_bytes().decode() for file in site.rglob("*.html")}
        sources = [*site.glob(BUNDLE), *(site / script for script in scripts)]
        names = Names.within(pages.values(), (source.read_text(encoding="utf-8") for source in sources))
        sheet = self.sheet.used(names)
        for file, html in pages.items():
            named = html.replace(UNNAMED, name_of(sheet))
            # The server puts a script into each page that it serves, with other words each time.
            file.write_bytes((named if self.serving else with_policy(named)).encode())
        write_file(sheet.encode(), str(site / name_of(sheet)))

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Begin anew after a build that ended early."""
        self.depth = 0

    def _theme(self, name: str, folders: list[str]) -> Path:
        found = [file for folder in folders for file in sorted(Path(folder, FOLDER).glob(f"{name}.*.min.css"))]
        if not found:
            raise PluginError(
                f"The plugin 'live-assets' finds no {FOLDER}/{name}.*.min.css in the theme: it joins those of Material."
            )
        return found[0]

    def _own(self, docs: str) -> list[Path]:
        files = [Path(docs, sheet) for sheet in self.config.sheets]
        for sheet, file in zip(self.config.sheets, files, strict=True):
            if not file.is_file():
                raise PluginError(
                    f"The plugin 'live-assets' finds no {sheet} in {docs}: mend its 'sheets' in mkdocs.yml."
                )
        return files
