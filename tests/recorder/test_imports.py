"""What the recorder puts in the place of Python's own importing hands on all that it is given."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from live.recorder.live_recorder import imports


def test_whatever_importing_is_asked_besides_the_name_reaches_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[str, bool]] = []

    def find_and_load(name: str, import_: object, *, lazy_submodule: bool = False) -> None:  # as in Python 3.15
        asked.append((name, lazy_submodule))

    importer: Any = ModuleType("importer")
    importer._find_and_load = find_and_load
    monkeypatch.setitem(sys.modules, importer.__name__, importer)
    monkeypatch.setattr(imports, "IMPORTER", importer.__name__)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "own.py").touch()
    recorder: Any = SimpleNamespace(sources=f"{tmp_path}/", tracer=SimpleNamespace(call=object()))
    imports.patch_import(lambda: recorder)
    for name in ("own", "json"):
        importer._find_and_load(name, None)
        importer._find_and_load(name, None, lazy_submodule=True)
    assert importer._find_and_load is not find_and_load
    assert asked == [("own", False), ("own", True), ("json", False), ("json", True)]
