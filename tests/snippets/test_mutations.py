"""The tests of the programs notice when the taught line is gone.

Mutations are made in a copy of the programs, in which the named tests have to fail. In an unchanged copy they pass.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from live.running.means import means
from live.snippet import Snippet
from tests.conftest import ROOT, WITHOUT_SITE, able
from tests.snippets import mutations as by_chapter
from tests.snippets.mutations.mutation import Mutation

PATIENCE = 300  # seconds; only so that a mutant that hangs ends


MUTATIONS: list[Mutation] = [
    mutation
    for _, name, _ in iter_modules(by_chapter.__path__)
    if name != "mutation"
    for mutation in import_module(f"{by_chapter.__name__}.{name}").MUTATIONS
]


def copy(folder: Path) -> Path:
    """The programs and their tests, without the site."""
    ignore = shutil.ignore_patterns("__pycache__", "test_mutations.py", "mutations", "*.recording.json")
    for name in ("snippets", "tests/snippets"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    for name in ("tests/__init__.py", "tests/conftest.py", "tests/project.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    return folder


def failures(folder: Path, *tests: str) -> set[str]:
    """Names of those of the tests in `folder` that fail there; all others pass or are skipped."""
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "--import-mode=importlib"]
    command += ["-p", "no:cacheprovider", *(f"tests/snippets/{test}" for test in tests)]
    done = subprocess.run(
        command,
        cwd=folder,
        env={
            **os.environ,
            WITHOUT_SITE: "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # to load plugins that they do not use takes longer than most tests
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    print(done.stdout)  # for when something else fails than should
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert " error" not in done.stdout.splitlines()[-1], done.stdout
    return {name.partition("[")[0] for name in re.findall(r"^FAILED \S+/(\S+::\w+)", done.stdout, re.MULTILINE)}


@pytest.mark.parametrize("file", sorted({mutation.test.partition("::")[0] for mutation in MUTATIONS}))
def test_without_a_mutation_the_tests_pass(file: str, tmp_path: Path) -> None:
    tests = {mutation.test for mutation in MUTATIONS if mutation.test.startswith(file)}
    assert failures(copy(tmp_path), *sorted(tests)) == set()


def rounds() -> list[list[Mutation]]:
    """Mutations that can be made at once: of different programs, noticed by different tests of one file."""
    made: list[list[Mutation]] = []
    for mutation in MUTATIONS:
        for others in made:
            if all(goes_with(mutation, other) for other in others):
                others.append(mutation)
                break
        else:
            made.append([mutation])
    return made


def goes_with(one: Mutation, other: Mutation) -> bool:
    same_file = one.test.partition("::")[0] == other.test.partition("::")[0]
    return same_file and one.snippet != other.snippet and one.test != other.test and missing(one) == missing(other)


def missing(mutation: Mutation) -> tuple[str, ...]:
    """What its program needs and is not here."""
    return tuple(means(Snippet.load(ROOT, f"snippets/{mutation.snippet}.py")).missing)


@pytest.mark.parametrize("mutations", rounds(), ids=lambda mutations: mutations[0].test.partition("::")[0])
def test_each_mutation_is_noticed(mutations: list[Mutation], tmp_path: Path) -> None:
    folder = copy(tmp_path)
    for mutation in mutations:
        able(mutation.snippet)
        program = folder / "snippets" / f"{mutation.snippet}.py"
        source = program.read_text(encoding="utf-8")
        assert source.count(mutation.old) == 1, f"the line stands once in the program: {mutation}"
        program.write_text(source.replace(mutation.old, mutation.new), encoding="utf-8")
    noticed = failures(folder, *(mutation.test for mutation in mutations))
    assert [str(mutation) for mutation in mutations if mutation.test not in noticed] == []
    assert noticed == {mutation.test for mutation in mutations}


def test_at_least_ten_programs_are_mutated() -> None:
    assert len({mutation.snippet for mutation in MUTATIONS}) >= 10
