"""Pages as tests read them: what their head says, and in which language each piece of text is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class Parsed(HTMLParser):
    """A page, as far as tests ask for it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.links: list[dict[str, str]] = []
        self.metas: list[dict[str, str]] = []
        self.texts: list[tuple[str, str, tuple[str, ...]]] = []
        """Language, text, and names of the elements around it."""
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        if tag == "link":
            self.links.append(values)
        elif tag == "meta":
            self.metas.append(values)
        if tag not in VOID:
            self.open.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        while tag in [name for name, _ in self.open] and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            languages = [values["lang"] for _, values in self.open if "lang" in values]
            self.texts.append((languages[-1] if languages else "", data, tuple(name for name, _ in self.open)))

    def link(self, rel: str) -> list[str]:
        """Addresses of the links of that relation."""
        return [link["href"] for link in self.links if link.get("rel") == rel]

    def meta(self, name: str) -> list[str]:
        """What the page says under that name or property."""
        return [meta.get("content", "") for meta in self.metas if name in (meta.get("name"), meta.get("property"))]

    @property
    def alternates(self) -> list[tuple[str, str]]:
        return [(link["hreflang"], link["href"]) for link in self.links if link.get("rel") == "alternate"]

    @property
    def title(self) -> str:
        return "".join(text for _, text, around in self.texts if around[-1] == "title" and "svg" not in around)

    @property
    def lang(self) -> str:
        return next(values for tag, values in self.elements if tag == "html")["lang"]


@cache
def parsed(file: Path) -> Parsed:
    return Parsed(file.read_text(encoding="utf-8"))


def pages(folder: Path) -> Iterator[tuple[str, Parsed]]:
    """Each page of a built site by its address from the root, without those that stand where there is none."""
    for file in sorted(folder.rglob("index.html")):
        url = file.parent.relative_to(folder).as_posix().removeprefix(".")
        yield (f"{url}/" if url else ""), parsed(file)
