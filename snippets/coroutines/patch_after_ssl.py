# /// script
# dependencies = ["gevent"]
# ///
"""gevent warns when it finds that it patches too late, which it cannot always."""

import warnings
from ssl import SSLContext  # (1)!

from gevent import monkey

with warnings.catch_warnings(record=True) as caught:  # (2)!
    warnings.simplefilter("always")
    monkey.patch_all()

import ssl
import textwrap


def main() -> None:
    for warning in caught:
        print(textwrap.fill(f"{warning.category.__name__}: {warning.message}", 78))
    print(f"the bound name was patched too: {SSLContext is ssl.SSLContext}")  # (3)!


if __name__ == "__main__":
    main()
