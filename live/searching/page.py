"""Tells the script of a page where the search of the page's language is."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

WORKER = "words.js"
"""Beside the theme's own worker, which it loads together with the index once a reader searches, and then programs."""
INDEX = "search/index.json"
"""Where that is, below the address at which the pages of a language begin."""
PROGRAMS = "search/programs.json"
"""Where those of all languages are, below the address of the site."""
_SITE = "../../../"
"""From the folder of the workers to where the site begins."""

_CONFIG = re.compile(r'(?<=<script id="__config" type="application/json">).*?(?=</script>)', re.DOTALL)


def own_search(html: str, root: str) -> Markup:
    """What the theme tells its script, changed for a language whose pages begin at `root`.

    Args:
        html: The element in which the theme says where the site begins and where its worker is.
        root: Empty for the language at the top of the site; else with a slash at the end, as in `en/`.
    """

    def own(found: re.Match[str]) -> str:
        config = json.loads(found[0])
        if root:
            config["base"] = f"{config['base'].rstrip('/')}/{root}"
        folder, slash, theirs = config["search"].rpartition("/")
        where = {"index": f"{_SITE}{root}{INDEX}", "programs": f"{_SITE}{PROGRAMS}", "root": root}
        asked = urlencode({"worker": theirs, **where}, safe="/")
        config["search"] = f"{folder}{slash}{WORKER}?{asked}"
        return str(htmlsafe_json_dumps(config))

    return Markup(_CONFIG.sub(own, html))
