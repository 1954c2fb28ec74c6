"""`make bench`: what running programs costs a build, as ratios of times taken in one run on this machine.

Each figure is a median of alternating rounds. "Without" is a build of the same site that runs no program
(LIVE_RUN=false), in a process of its own like all others.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from live.engine import useful_workers
from live.keeping.store import SUFFIX, Store
from live.recording import Recording
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Project, block, commands_with, wait_for
from tests.reading import reading
from tests.site.test_serving import serving

ROOT = Path(__file__).parents[1]
ROUNDS = 7
WAITING = ("threads/music_log", "event/redis_wait", "locks/rlock_turns", "locks/opposite_order")


def build(root: Path, *, run: bool, store: Path) -> tuple[float, str]:
    """Seconds and log of one build."""
    environment = {**os.environ, "LIVE_RUN": str(run).lower(), "LIVE_STORE": str(store), "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=root, env=environment, capture_output=True, text=True
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"The build failed:\n{done.stderr}")
    return seconds, done.stderr


@contextmanager
def copy_of_the_site() -> Iterator[Path]:
    """The real site, free to be edited."""
    with TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder, "project")
        root.mkdir()
        for name in ("docs", "snippets"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", root)
        yield root


def recordings(store: Path) -> list[Recording]:
    """All that is in the store."""
    kept = Store(store)
    found = (kept.get(f"{file.parent.relative_to(store)}.py", file.stem) for file in store.rglob(f"*{SUFFIX}"))
    return [recording for recording in found if recording]


def show(name: str, value: float, bound: float, detail: str) -> bool:
    """Print one ratio beside its bound, and tell whether it holds."""
    holds = value <= bound
    print(f"{name:<44}{value:6.2f}   bound {bound:.2f}   {'holds' if holds else 'MISSED'}   ({detail})", flush=True)
    return holds


def cold_and_warm(root: Path) -> tuple[bool, float]:
    """Cold against longest snippet and build; warm against build. Also the median build without execution."""
    without, cold, warm = [], [], []
    store = root / "store"
    build(root, run=False, store=store)
    for _ in range(ROUNDS):
        without.append(build(root, run=False, store=store)[0])
        shutil.rmtree(store, ignore_errors=True)
        cold.append(build(root, run=True, store=store)[0])
        warm.append(build(root, run=True, store=store)[0])
    base = statistics.median(without)
    runs = recordings(store)
    longest = max(run.duration for run in runs) / 1e9
    print(f"{len(runs)} snippets; the longest takes {longest:.2f} s; build without execution {base:.2f} s")
    cold_ratio = statistics.median(cold) / (longest + base)
    warm_ratio = statistics.median(after / before for after, before in zip(warm, without, strict=True))
    holds = [
        show("cold / (longest snippet + without)", cold_ratio, 1.3, f"{statistics.median(cold):.2f} s"),
        show("warm / without", warm_ratio, 1.10, f"{statistics.median(warm):.2f} s"),
    ]
    return all(holds), base


def edit_one(root: Path) -> bool:
    """How many snippets run after one was edited."""
    snippet = root / "snippets/threads/one_process.py"
    snippet.write_text(snippet.read_text() + "\n# edited\n")
    ran = re.findall(r"live: \[\d+/\d+\] (\S+):", build(root, run=True, store=root / "store")[1])
    print(f"snippets run after editing one: {len(ran)} ({', '.join(ran)})")
    return len(ran) == 1


def save_to_served(root: Path, base: float) -> bool:
    """From saving a page's text to the new page being served."""
    page = root / "docs/en/threading.md"
    original = page.read_text(encoding="utf-8")
    taken = []
    os.environ["LIVE_STORE"] = str(root / "store")
    with serving(Project(root)) as server:
        server.wait_for(lambda: bool(server.get("en/threading/")))
        for number in range(ROUNDS):
            text = f"edited for the {number}th time"
            start = time.perf_counter()
            page.write_text(f"{original}\n{text}\n", encoding="utf-8")
            server.wait_for(lambda text=text: text in server.get("en/threading/"))
            taken.append(time.perf_counter() - start)
    del os.environ["LIVE_STORE"]
    median = statistics.median(taken)
    return show("serve: saved to served / without", median / base, 1.2, f"{median:.2f} s, worst {max(taken):.2f} s")


def many(count: int) -> tuple[float, float, float]:
    """Seconds without execution, cold and warm, of a site of `count` snippets of 0.2 s, five on a page."""
    with TemporaryDirectory(prefix="bench-") as folder:
        project = Project.create(Path(folder, "project"), "{run: !ENV [LIVE_RUN, true]}")
        paths = [project.snippet(f"c{n % 7}/s{n}", f"import time; time.sleep(0.2); print({n})") for n in range(count)]
        for start in range(0, count, 5):
            text = "\n".join(f"## {path}\n\n{block(path)}" for path in paths[start : start + 5])
            project.twins(f"p{start:03}.md", f"# Page {start}\n\n{text}")
        store = project.root / ".cache/live"
        build(project.root, run=False, store=store)
        without, cold, warm = [], [], []
        for _ in range(3):
            without.append(build(project.root, run=False, store=store)[0])
            shutil.rmtree(store, ignore_errors=True)
            cold.append(build(project.root, run=True, store=store)[0])
            warm.append(build(project.root, run=True, store=store)[0])
        return statistics.median(without), statistics.median(cold), statistics.median(warm)


FIRSTS = """\
import threading

lock = threading.Lock()


def worker():
    with lock:
        pass


thread = threading.Thread(target=worker)
thread.start()
thread.join()
"""
"""A program with the first thread and the first lock, but without any waiting: what those cost is paid once."""


def recorder() -> bool:
    """What being recorded costs a program that waits, and a program that only starts."""
    runner = Runner()
    with TemporaryDirectory(prefix="bench-") as folder:
        project = Project.create(Path(folder, "project"))
        firsts = Snippet.load(project.root, project.snippet("c/firsts", FIRSTS))
        waiting = [Snippet.load(ROOT, f"snippets/{name}.py") for name in WAITING]

        def cost(snippet: Snippet) -> tuple[float, float]:
            runs = [(runner.run(snippet, bare=True).duration, runner.run(snippet).duration) for _ in range(ROUNDS)]
            bare, recorded = (statistics.median(column) / 1e9 for column in zip(*runs, strict=True))
            return bare, recorded

        bare, recorded = cost(firsts)
        startup = recorded - bare
        holds = [show("start-up with the recorder, seconds more", startup, 0.08, f"{bare:.3f} s, {recorded:.3f} s")]
        for snippet in waiting:
            bare, recorded = cost(snippet)
            detail = f"{bare:.3f} s, {recorded:.3f} s"
            holds.append(
                show(f"{snippet.file.stem}: (recorded - start-up) / bare", (recorded - startup) / bare, 1.02, detail)
            )
    runner.stop()
    return all(holds)


def scale() -> bool:
    """300 snippets, and whether twice the pages take more than twice the time."""
    workers = useful_workers()
    half, whole = many(150), many(300)
    allowed = 1.5 * whole[0] + 300 * 0.2 / workers
    holds = [
        show(f"300 × 0.2 s, {workers} workers: cold / allowed", whole[1] / allowed, 1.0, f"{whole[1]:.2f} s"),
        show("300 against 150: without", whole[0] / half[0], 2.2, f"{half[0]:.2f} s, {whole[0]:.2f} s"),
        show("300 against 150: cold", whole[1] / half[1], 2.2, f"{half[1]:.2f} s, {whole[1]:.2f} s"),
        show("300 against 150: warm", whole[2] / half[2], 2.2, f"{half[2]:.2f} s, {whole[2]:.2f} s"),
    ]
    return all(holds)


def ending() -> bool:
    """How long the slowest of many builds, and of servers that are building, takes to end once it is told to."""
    taken: dict[str, list[float]] = {"build": [], "serve": []}
    with TemporaryDirectory(prefix="bench-") as folder:
        project = Project.create(Path(folder, "project"))
        hours = f"{uuid4().int % 10**6 + 10**6}.5"  # unlike those of all other programs
        waits = project.snippet("c/waits", f"import subprocess; subprocess.run(['sleep', '{hours}'])\n", timeout=6000)
        for command, seconds in taken.items():
            for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP] * 3:
                project.twins("page.md", "# P\n" if command == "serve" else f"# P\n\n{block(waits)}")
                if command == "build":
                    building = [sys.executable, "-m", "mkdocs", "build"]
                    process = subprocess.Popen(building, cwd=project.root, stderr=subprocess.DEVNULL)
                    seconds.append(until_ended(process, number, hours))
                else:
                    with serving(project) as server:
                        server.wait_for(lambda server=server: bool(server.get("page/")))
                        project.twins("page.md", f"# P\n\n{block(waits)}")
                        seconds.append(until_ended(server.process, number, hours))
    holds = [
        show(f"{command}: seconds from signal to end", max(seconds), 2.0, f"median {statistics.median(seconds):.2f} s")
        for command, seconds in taken.items()
    ]
    return all(holds)


def until_ended(process: subprocess.Popen[bytes], number: int, running: str) -> float:
    """Seconds from the signal, which comes as soon as a program runs that has this in its command, to its end."""
    wait_for(lambda: commands_with(f"sleep {running}"))
    start = time.perf_counter()
    process.send_signal(number)
    process.wait()
    seconds = time.perf_counter() - start
    assert commands_with(f"sleep {running}") == []
    return seconds


def builds() -> bool:
    """What all that concerns the real site costs."""
    with copy_of_the_site() as root:
        held, base = cold_and_warm(root)
        held &= edit_one(root)
        held &= save_to_served(root, base)
        return reading(root / "site") and held


PARTS = {part.__name__: part for part in (builds, recorder, scale, ending)}


def main(names: Sequence[str]) -> int:
    """Print the ratios of these parts, or of all; 1 if one misses its bound, 2 if there is no such part."""
    if unknown := set(names) - PARTS.keys():
        print(f"bench has no {' and no '.join(sorted(unknown))}; it has: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    holds = [PARTS[name]() for name in names or PARTS]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
