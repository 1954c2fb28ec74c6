"""The HTML, SVG and XML that pages are made of, as templates in which everything that a program printed is escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def template(name: str, package: str = "live.rendering") -> Template:
    """The template of that file name in the folder templates/ of the package."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
