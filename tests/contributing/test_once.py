"""What tests share is made once, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def test_what_could_not_be_made_is_not_tried_again_and_everybody_is_told_why(
    once: Callable[[str, Callable[[Path], None]], Path],
) -> None:
    tries: list[Path] = []

    def make(folder: Path) -> None:
        tries.append(folder)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        once("never_made", make)
    with pytest.raises(pytest.fail.Exception, match="never_made could not be made: the disk is full"):
        once("never_made", make)
    assert len(tries) == 1
