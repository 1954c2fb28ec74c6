"""Programs and pages that are changed while they are being run and shown.

| What happens                                       | Guard that the row misses                                       |
|----------------------------------------------------|-----------------------------------------------------------------|
| a program is changed and put back while it runs    | the stamps in `State`                                           |
| a module that it imports is changed while it runs  | `Engine.keep`, which compares what it depends on                |
| a program is removed before its turn               | the same; and it is a failure like any other                    |
| a module is removed while imports are followed     | `dependencies`, which makes a SnippetError of it                |
| a program is changed after its page was read       | `Build.object_to_touched`                                       |
| a page shows another program than at first         | `on_page_markdown`, which compares what its blocks say          |
| a page is removed meanwhile                        | `LivePlugin.on_build_error`, which makes one line of it         |
| mkdocs.yml is changed while the site is served     | `on_config`, which makes an engine with the new settings        |

That a page which is added meanwhile is in the next build, and that a server lives on while mkdocs.yml is broken, is
kept by MkDocs; it is seen here all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from live.engine import Engine
from live.errors import SnippetError
from live.keeping.store import Store
from live.recording import Recording
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Project, block, outputs
from tests.site.test_serving import serving


class Meanwhile(Runner):
    """Runs programs, and does something just before and just after."""

    def __init__(self, before: Callable[[], object], after: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.before, self.after, self.ran = before, after, 0

    def run(self, snippet: Snippet, key: str = "", *, bare: bool = False) -> Recording:
        self.ran += 1
        self.before()
        recording = super().run(snippet, key)
        self.after()
        return recording


def test_what_ran_between_two_equal_states_is_kept_nowhere(project: Project, tmp_path: Path) -> None:
    path = project.snippet("a/b", "print('main')\n")
    runner = Meanwhile(
        lambda: project.snippet("a/b", "print('branch')\n"), lambda: project.snippet("a/b", "print('main')\n")
    )
    store = Store(tmp_path / "store")
    engine = Engine(project.root, store, runner)
    assert engine.record({path: (0,)})[path].text == "branch\n"
    assert not store.has_any(path)
    runner.before = lambda: None
    assert engine.record({path: (0,)})[path].text == "main\n", "nor is it in memory, as while the site is served"
    assert runner.ran == 2


def test_a_run_whose_module_was_changed_meanwhile_is_not_kept(project: Project, tmp_path: Path) -> None:
    path = project.snippet("a/b", "import helper\nprint(helper.WHICH)\n")
    project.snippet("a/helper", "WHICH = 'as it was'\n")
    store = Store(tmp_path / "store")
    runner = Meanwhile(lambda: None, lambda: project.snippet("a/helper", "WHICH = 'as it is'\n"))
    assert Engine(project.root, store, runner).record({path: (0,)})[path].text == "as it was\n"
    assert not store.has_any(path)
    assert Engine(project.root, store, Runner()).record({path: (0,)})[path].text == "as it is\n"


@pytest.mark.parametrize("expected", [0, 2])
def test_a_program_that_is_removed_before_its_turn_fails_alone(project: Project, tmp_path: Path, expected: int) -> None:
    paths = [project.snippet(f"a/{name}", f"print('{name}')\n") for name in ("first", "second", "third")]
    store = Store(tmp_path / "store")
    runner = Meanwhile((project.root / paths[1]).unlink)
    runner.after = lambda: setattr(runner, "before", lambda: None)
    found = Engine(project.root, store, runner, workers=1).record(dict.fromkeys(paths, (0, expected)))
    assert [found[path].exit_code for path in paths] == [0, 2, 0]
    assert "No such file" in found[paths[1]].text
    assert [store.has_any(path) for path in paths] == [True, False, True]


def test_a_module_that_disappears_while_imports_are_followed_is_a_message(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.snippet("a/b", "import helper\n")
    good = project.snippet("a/good", "print('fine')\n")
    project.snippet("a/helper", "")
    is_file = Path.is_file

    def removed_right_after(self: Path) -> bool:
        found = is_file(self)
        if self.name == "helper.py":
            self.unlink()
        return found

    monkeypatch.setattr(Path, "is_file", removed_right_after)
    found = Engine(project.root, Store(tmp_path / "store"), Runner()).record({path: (0,), good: (0,)})
    assert isinstance(found[path], SnippetError)
    helper = project.root / "snippets/a/helper.py"
    assert str(found[path]) == f"{path}: {helper}, which it runs with, cannot be read (No such file or directory)"
    assert found[good].text == "fine\n"


def with_hook(project: Project, hook: str) -> None:
    """Have a build do something else at one of its stages, once."""
    settings = project.root / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\nhooks: [hook.py]\n", encoding="utf-8")
    start = "from pathlib import Path\nROOT = Path(__file__).parent\nonce = []\n"
    (project.root / "hook.py").write_text(start + dedent(hook), encoding="utf-8")


def test_a_program_that_is_changed_after_its_page_was_read_is_told(project: Project) -> None:
    path = project.snippet("a/b", "print('old')\n")
    good = project.snippet("a/good", "print('fine')\n")
    project.twins("page.md", f"# P\n\n{block(path)}\n{block(good)}")
    with_hook(
        project,
        """
        def on_env(env, config, files):
            if not once:
                once.append(True)
                (ROOT / "snippets/a/b.py").write_text("print('new')")
        """,
    )
    for _ in range(2):  # whether it runs or is taken from the store
        built = project.build()
        assert built.returncode == 1
        assert "files that stay as they are while the site is built" in built.output
        assert built.output.count("snippets/a/b.py\n") == 1
        assert "snippets/a/good.py\n" not in built.output
    (project.root / "hook.py").write_text("")
    built = project.build("--strict")
    assert built.returncode == 0, built.output
    assert outputs(built.html("page")) == outputs(built.html("en/page")) == ["new", "fine"]


def test_a_page_that_is_changed_while_the_site_is_built_shows_what_it_says(project: Project) -> None:
    first, second = [project.snippet(f"a/{name}", f"print('{name}')\n") for name in ("first", "second")]
    project.twins("page.md", "# P\n\n" + block(first))
    with_hook(
        project,
        f"""
        def on_files(files, config):
            if not once:
                once.append(True)
                (ROOT / "docs/zh/page.md").write_text('# Edited\\n\\n```python exec="on"\\n--8<-- "{second}"\\n```\\n')
                (ROOT / "docs/zh/added.md").write_text('# Added\\n')
            return files
        """,
    )
    built = project.build("--strict")
    assert built.returncode == 0, built.output
    assert "Edited" in built.html("page")
    assert outputs(built.html("page")) == ["second"]
    assert outputs(built.html("en/page")) == ["first"]
    again = project.build("--strict")
    assert again.returncode == 0, again.output
    assert "Added" in again.html("added")


def test_a_page_that_is_removed_while_the_site_is_built_is_told_in_one_line(project: Project) -> None:
    project.twins("page.md", "# P\n\n" + block(project.snippet("a/b", "print(1)\n")))
    with_hook(project, "def on_files(files, config):\n    (ROOT / 'docs/zh/page.md').unlink(missing_ok=True)\n")
    built = project.build()
    assert built.returncode == 1
    assert f"The build could not go on at {project.root / 'docs/zh/page.md'} (No such file" in built.output
    assert "Traceback" not in built.output
    again = project.build()
    assert again.returncode == 0, again.output


def test_settings_that_are_edited_while_the_site_is_served_hold_from_then_on(project: Project) -> None:
    project.twins("page.md", "# P\n\n" + block(project.snippet("a/b", "print('x' * 5000)\n")))
    settings = project.root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    with serving(project) as server:
        server.wait_for(lambda: "x" * 5000 in server.get("page/"))
        settings.write_text("site_name: [broken\n", encoding="utf-8")
        server.wait_for(lambda: "An error happened during the rebuild" in server.log.read_text(encoding="utf-8"))
        settings.write_text(text.replace("live: {}", "live: {output_limit: 1000}"), encoding="utf-8")
        server.wait_for(lambda: "live-left-out" in server.get("page/"))
        server.wait_for(lambda: "live-left-out" in server.get("en/page/"))
