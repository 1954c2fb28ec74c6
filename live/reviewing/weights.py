"""How many bytes a reader waits for before a page is there: compressed, as a server sends them."""

from __future__ import annotations

import gzip
import json
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

SCHEMA = 1
"""Raised whenever the numbers mean something else."""


@dataclass(frozen=True)
class Weight:
    """The weight of one page, in bytes."""

    html: int
    first: int
    """With the styles, scripts and pictures that it loads at once."""


Weights = Mapping[str, Weight]
"""By address in the site: `en/locks/`."""


def weigh(site: Path) -> Weights:
    """Weigh all pages of a built site."""

    @cache
    def packed(file: Path) -> int:
        return len(gzip.compress(file.read_bytes(), 9)) if file.is_file() else 0

    pages = sorted(site.rglob("*.html"))
    return {page.relative_to(site).as_posix().removesuffix("index.html"): _weight(page, site, packed) for page in pages}


def _weight(page: Path, site: Path, packed: Callable[[Path], int]) -> Weight:
    finder = _Finder()
    finder.feed(page.read_text(encoding="utf-8", errors="replace"))
    folder = page.parent.relative_to(site).as_posix()
    files = {site / path for path in (_inside(url, folder) for url in finder.urls) if path}
    return Weight(packed(page), packed(page) + sum(map(packed, files)))


def _inside(url: str, folder: str) -> str:
    """Path in the site of what a page in that folder loads; empty for what is elsewhere."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    return "" if path.startswith("..") else path


class _Finder(HTMLParser):
    """Finds what a browser loads as soon as it reads a page."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        kinds = set(found.get("rel", "").split())
        if tag == "link" and kinds & {"stylesheet", "preload", "modulepreload"}:
            self.urls.append(found.get("href", ""))
        elif tag in {"script", "img"} and found.get("loading") != "lazy":
            self.urls.append(found.get("src", ""))


def write(weights: Weights, file: Path) -> None:
    """Keep the weights for a later comparison."""
    plain = {"schema": SCHEMA, "pages": {page: asdict(weight) for page, weight in weights.items()}}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def read(file: Path) -> Weights | None:
    """The weights that `write` kept; None where there are none, or none that can be compared."""
    try:
        plain = json.loads(file.read_bytes())
        if plain["schema"] != SCHEMA:
            return None
        return {str(page): Weight(int(one["html"]), int(one["first"])) for page, one in plain["pages"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
