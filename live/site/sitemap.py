"""The list of all pages for search engines: one for each language, and one of those lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urljoin, urlsplit

from live.rendering.template import template
from live.site.languages import Twins

INDEX = "sitemap.xml"
ROBOTS = "robots.txt"
"""Counts only at the root of a host; on a site below that it would be a file that nobody asks for."""
_PACKAGE = "live.site"


def sitemaps(site: str, pages: Mapping[str, Sequence[Twins]]) -> dict[str, str]:
    """What to write, by path in the site.

    Args:
        site: The whole address of the site; it ends with a slash.
        pages: By language, the pages that are written in it.
    """
    found = {language: [twins for twins in pages[language] if language in twins.addresses] for language in pages}
    lists = {f"sitemap-{language}.xml": (language, twins) for language, twins in found.items() if twins}
    files = {
        path: template("sitemap.xml", _PACKAGE).render(language=language, pages=twins)
        for path, (language, twins) in lists.items()
    }
    files[INDEX] = template("sitemap-index.xml", _PACKAGE).render(addresses=[urljoin(site, path) for path in lists])
    if urlsplit(site).path == "/":
        files[ROBOTS] = template(ROBOTS, _PACKAGE).render(sitemap=urljoin(site, INDEX))
    return files
