"""All styles of the site in one sheet: each sheet of its own is one more request that a page waits for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

FOLDER = "assets/stylesheets"
UNNAMED = f"{FOLDER}/site.min.css"
"""What pages ask for until it is known what is in the sheet, and so what it is called."""
_CHARSET = re.compile(r'@charset "[^"]*";')
_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def one_sheet(sheets: Iterable[str]) -> str:
    """The sheets in their order, without what a sheet can say of itself only as a whole: its charset, its map."""
    return "\n".join(_MAP.sub("", _CHARSET.sub("", sheet)).strip() for sheet in sheets) + "\n"


def name_of(sheet: str) -> str:
    """Path of that sheet in the site: another one has another name, so that browsers may keep it for ever."""
    return f"{FOLDER}/site.{hashlib.sha256(sheet.encode()).hexdigest()[:8]}.min.css"
