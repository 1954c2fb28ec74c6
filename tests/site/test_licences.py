"""What others have made and the site ships is named with its licence."""

from __future__ import annotations

import json
import re

from tests.conftest import Site

PACKAGE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")


def listed(site: Site) -> str:
    return (site.folder / "assets/licences.txt").read_text(encoding="utf-8")


def test_whatever_a_bundle_was_made_from_is_listed(site: Site) -> None:
    sources = [source for file in site.folder.rglob("*.map") for source in json.loads(file.read_text())["sources"]]
    packages = {found[1] for source in sources if (found := PACKAGE.search(source))}
    assert {"rxjs", "lunr"} <= packages
    assert [name for name in sorted(packages) if not re.search(rf"(?<!\w){re.escape(name)}\b", listed(site))] == []


def test_whatever_else_the_theme_ships_is_listed(site: Site) -> None:
    folder = site.folder / "assets/javascripts/lunr"
    assert {file.stem for file in folder.glob("*.js")} == {"tinyseg", "wordcut"}
    assert {file.name.partition(".")[0] for file in (folder / "min").iterdir()} == {"lunr"}
    for name in ("tinyseg", "wordcut", "lunr-languages"):
        assert name in listed(site)


def test_every_page_leads_to_the_list(site: Site) -> None:
    for page in site.folder.rglob("index.html"):
        (link,) = re.findall(r'<a href="([^"]*licences\.txt)">', page.read_text(encoding="utf-8"))
        assert (page.parent / link).resolve() == site.folder / "assets/licences.txt"
