"""Puts a built site where nginx can serve it, with the configuration for the address that it was built for.

SITE_URL=https://example.org/notes/ make build
python deploy/place.py --site-url https://example.org/notes/ --to /srv/site
nginx -e stderr -p /tmp -c /srv/site/nginx.conf
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

COMPRESSED = frozenset({".css", ".c", ".html", ".js", ".json", ".map", ".mjs", ".py", ".svg", ".txt", ".xml"})
"""Suffixes of files that get smaller."""
SMALL = 1000
"""Bytes below which a file fits into one packet anyway."""
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")


def base_of(site_url: str) -> str:
    """The path of an address without the slash at its end: `/notes`; empty at the top of a host.

    Raises:
        ValueError: If it has what would mean something else in the configuration.
    """
    base = urlsplit(site_url).path.rstrip("/")
    if not _PATH.fullmatch(base):
        raise ValueError(f"{site_url}: the path may have letters, digits and -._~ only")
    return base


def configuration(*, listen: str, base: str, folder: Path, languages: Sequence[str]) -> str:
    """The configuration of nginx.

    Args:
        listen: What nginx listens on: `8080`, `127.0.0.1:8080`.
        base: Path of the site, as `base_of` gives it.
        folder: Holds the site below that path.
        languages: The folders of the site that have a page for what is not there.
    """
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=False,  # this is no HTML; `base_of` lets nothing through that would mean something
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return templates.get_template("nginx.conf.jinja").render(
        listen=listen, base=base, folder=folder.as_posix(), languages=languages
    )


def compress(folder: Path) -> None:
    """Put beside each file that gets smaller what `gzip_static` sends instead."""
    for file in sorted(folder.rglob("*")):
        packed = file.with_name(f"{file.name}.gz")
        if file.suffix in COMPRESSED and file.stat().st_size >= SMALL and not packed.exists():
            packed.write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))  # the same site makes the same image


def place(site: Path, to: Path, *, site_url: str, listen: str) -> Path:
    """Copy the site and write the configuration beside it; returns the configuration's file."""
    base, folder = base_of(site_url), to.resolve() / "html"
    placed = folder / base.lstrip("/")
    shutil.copytree(site, placed, dirs_exist_ok=True)
    compress(placed)
    languages = sorted(page.parent.name for page in placed.glob("*/404.html"))
    file = to.resolve() / "nginx.conf"
    text = configuration(listen=listen, base=base, folder=folder, languages=languages)
    file.write_text(text, encoding="utf-8")
    return file


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site (default: site)")
    parser.add_argument("--site-url", required=True, help="the address that it was built for, as SITE_URL")
    parser.add_argument("--listen", default="8080", help="what nginx listens on (default: 8080)")
    parser.add_argument("--to", type=Path, required=True, help="an empty folder")
    options = parser.parse_args(arguments)
    print(place(options.site, options.to, site_url=options.site_url, listen=options.listen))


if __name__ == "__main__":
    main()
