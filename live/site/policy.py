"""What a page may load and run, said in the page itself: not every host lets one set headers.

https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP has what each of these means.
"""

from __future__ import annotations

import base64
import hashlib
import re

from markupsafe import Markup

_INLINE = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
_CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
_META = Markup('<meta http-equiv="Content-Security-Policy" content="{}">')


def with_policy(html: str) -> str:
    """The page, with its policy before anything that it could apply to."""
    scripts = " ".join(dict.fromkeys(f"'{_hash(script)}'" for script in _INLINE.findall(html)))
    policy = (
        "default-src 'none'; "
        # A page opened from the disk is no host; what it loads lies beside it.
        f"script-src 'self' file: {scripts}; "
        "style-src 'self' file: 'unsafe-inline'; style-src-elem 'self' file:; "
        # Pygments, timelines and tables say where things are in attributes, as many different ones as there are things.
        "style-src-attr 'unsafe-inline'; "
        "img-src 'self' file: data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
    )
    return _CHARSET.sub(lambda found: found[0] + str(_META.format(policy)), html, count=1)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.replace("\r\n", "\n").encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
