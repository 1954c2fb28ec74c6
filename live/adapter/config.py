"""The options of the plugin in mkdocs.yml."""

from __future__ import annotations

from mkdocs.config import config_options as c
from mkdocs.config.base import Config, ValidationError

from live.engine import useful_workers


class Positive(c.OptionallyRequired[float]):
    """A number greater than 0, in the unit that the option's name or description gives."""

    def run_validation(self, value: object) -> float:  # noqa: D102
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise ValidationError(f"Expected a number greater than 0, but received: {value!r}")
        return value


class LiveConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    run = c.Type(bool, default=True)
    """Whether programs are run at all. Without, pages show code only."""
    store = c.Type(str, default=".cache/live")
    """Folder of the recordings, seen from mkdocs.yml."""
    timeout = Positive(default=30)
    """Time limit in seconds for a snippet that sets none."""
    output_limit = Positive(default=1 << 20)
    """Bytes of output that are kept of each run."""
    workers = Positive(default=useful_workers())
    """How many snippets run side by side."""
