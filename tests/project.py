"""Small projects for tests: a few snippets, pages in two languages, and real builds of them."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from live.recording import Recording
from live.running.run import Runner
from live.snippet import Snippet

CONFIGURATION = """
site_name: Test
site_url: http://127.0.0.1:8000/
theme: {name: material, font: false, language: zh}
plugins:
  - live: LIVE_OPTIONS
  - markdown-exec: {languages: [python, py], ansi: "off"}
  - i18n:
      docs_structure: folder
      languages:
        - {locale: zh, name: 中文, default: true, build: true}
        - {locale: en, name: English, build: true}
markdown_extensions:
  - admonition
  - md_in_html
  - pymdownx.highlight: {line_spans: __span, linenums_style: pymdownx-inline}
  - pymdownx.snippets: {base_path: [.], check_paths: true}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
"""


def block(path: str, options: str = "") -> str:
    """A page's block that shows the snippet at `path`."""
    return f'```python exec="on" source="above" {options}'.rstrip() + f'\n--8<-- "{path}"\n```\n'


@dataclass(frozen=True)
class Built:
    """What a build left."""

    returncode: int
    output: str
    folder: Path

    def html(self, url: str) -> str:
        """The page at `url`, such as `en/threading/`."""
        return (self.folder / url / "index.html").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Project:
    root: Path

    @classmethod
    def create(cls, root: Path, options: str = "{}") -> Project:
        root.mkdir(parents=True)
        (root / "snippets").mkdir()
        (root / "mkdocs.yml").write_text(CONFIGURATION.replace("LIVE_OPTIONS", options), encoding="utf-8")
        made = cls(root)
        for language in ("zh", "en"):
            made.page(f"{language}/index.md", "# Home\n")
        return made

    def page(self, name: str, text: str) -> Path:
        """Write a page of one language: `zh/threading.md`."""
        return self._write(Path("docs", name), text)

    def twins(self, name: str, text: str) -> None:
        """Write the same page for both languages."""
        for language in ("zh", "en"):
            self.page(f"{language}/{name}", text)

    def snippet(self, name: str, source: str, *, timeout: float | None = None) -> str:
        """Write `snippets/{name}.py` and return that path."""
        head = "" if timeout is None else f"# /// script\n# [tool.live]\n# timeout = {timeout}\n# ///\n"
        path = Path("snippets", f"{name}.py")
        self._write(path, head + dedent(source).lstrip("\n"))
        return path.as_posix()

    def build(self, *flags: str, environment: Mapping[str, str] | None = None) -> Built:
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", *flags],
            cwd=self.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
            capture_output=True,
            text=True,
        )
        return Built(done.returncode, done.stdout + done.stderr, self.root / "site")

    def _write(self, path: Path, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file


def run(project: Project, source: str, *, timeout: float = 60, limit: int = 1 << 20) -> Recording:
    """Run `source` as a program of the project, and leave no supervisor behind."""
    snippet = Snippet.load(project.root, project.snippet("chapter/program", source))
    runner = Runner(timeout, limit)
    try:
        return runner.run(snippet)
    finally:
        runner.stop()


def outputs(page: str) -> list[str]:
    """The output of each program on the page, as a reader sees it."""
    page = re.sub(r'<span class="live-left-out">.*?</span>', "", page, flags=re.DOTALL)
    found = re.findall(r'<pre class="live-output"[^>]*><code>(.*?)</code></pre>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", text)) for text in found]


def commands_with(text: str) -> list[str]:
    """Command lines of live processes that contain `text`; zombies have none."""
    listing = subprocess.run(["ps", "-axww", "-o", "stat=,command="], capture_output=True, text=True).stdout
    return [line for line in listing.splitlines() if text in line and not line.startswith("Z") and " ps " not in line]


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    """Poll for what another process is about to do; the limit is there only so that a broken promise ends."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "never happened"
        time.sleep(0.01)
