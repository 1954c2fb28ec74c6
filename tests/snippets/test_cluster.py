"""What the page on clusters promises about its programs."""

import inspect
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

FOLDER = Path(__file__).parents[2] / "snippets" / "cluster"
TEXT = FOLDER / "harbour.txt"
PATIENCE = 90  # seconds until a program that is stuck fails its test

pytest.importorskip("distributed")
pytest.importorskip("mpi4py").rc.initialize = False  # or MPI would begin in the process of the tests
sys.path.append(str(FOLDER))  # the programs import local_cluster from beside them

from snippets.cluster import (  # noqa: E402
    local_cluster,
    pi_dask,
    pi_mpi,
    what_travels,
    words_dask,
    words_mpi,
    worker_dies,
)

MPIEXEC = shutil.which("mpiexec", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
PI = "31424 of 40000 darts hit, pi is about 3.142"


def counted_alone() -> Counter[str]:
    """The words of the text, without any of the programs."""
    letters = "".join(each if each.isalpha() else " " for each in TEXT.read_text(encoding="utf-8").lower())
    return Counter(letters.split())


@pytest.fixture
def in_world(monkeypatch):
    """Run a program's main as one rank of a world that is none; what it gives to `reduce` is returned."""

    def run(program, rank: int, size: int, scattered=None):
        given = []
        world = SimpleNamespace(
            Get_rank=lambda: rank,
            Get_size=lambda: size,
            scatter=lambda shares, root: scattered if shares is None else shares[rank],
            reduce=lambda mine, op, root: given.append(mine) or (mine if rank == root else None),
        )
        monkeypatch.setattr(program, "MPI", SimpleNamespace(COMM_WORLD=world, SUM="sum"))
        program.main()
        return given[0]

    return run


class Here:
    """Stands for a client; does each task at once, in the order in which they are submitted."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, ...]] = {}

    def future(self, value: object, place: str) -> SimpleNamespace:
        key = f"key-{len(self.places)}"
        self.places[key] = (place,)
        return SimpleNamespace(key=key, result=lambda: value)

    def scatter(self, values):
        return [self.future(value, f"worker {number}") for number, value in enumerate(values)]

    def map(self, function, arguments):
        return [
            self.future(function(getattr(each, "result", lambda each=each: each)()), self.place_of(each))
            for each in arguments
        ]

    def submit(self, function, futures, *more):
        return self.future(function([each.result() for each in futures], *more), "worker 0")

    def place_of(self, argument: object) -> str:
        return self.places[argument.key][0] if hasattr(argument, "key") else "worker 0"

    def who_has(self):
        return self.places


def fails_in_a_cluster(folder: Path) -> None:
    with local_cluster.local_cluster(workers=1) as (client, _):
        assert client.submit(sum, [1, 2]).result() == 3
        assert list(folder.iterdir())
        raise ZeroDivisionError


@contextmanager
def here(workers: int = 2):
    yield Here(), []


def test_scheduler_and_workers_are_processes_of_their_own_and_reached_by_tcp(recording) -> None:
    ran = recording("cluster/local_cluster")
    assert ran.exit_code == 0
    assert ran.leftovers == ()
    assert ran.lines == [
        "3 different processes, those that were started: True",
        "all reached through tcp://127.0.0.1: True",
    ]


def test_whoever_reads_half_an_address_tries_once_more(monkeypatch) -> None:
    answers = iter([AssertionError, AssertionError, "a client"])

    def client(scheduler_file: str) -> str:
        assert scheduler_file == "scheduler.json"
        if (answer := next(answers)) is AssertionError:
            raise AssertionError
        return answer

    monkeypatch.setattr(local_cluster, "Client", client)
    assert local_cluster.connected("scheduler.json") == "a client"


def test_a_client_that_reads_half_an_address_gives_up_as_the_program_expects(tmp_path) -> None:
    file = tmp_path / "scheduler.json"
    file.write_text('{"address": "tcp://127')
    script = f"from distributed import Client; Client(scheduler_file={str(file)!r})"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE)
    assert ran.returncode == 1
    assert "AssertionError" in ran.stderr


@pytest.mark.parametrize("name", ["pi_mpi", "pi_dask", "words_mpi", "words_dask", "worker_dies", "what_travels"])
def test_no_program_leaves_a_process_behind(recording, name: str) -> None:
    ran = recording(f"cluster/{name}")
    assert ran.exit_code == 0
    assert ran.leftovers == ()


def test_a_cluster_leaves_neither_processes_nor_files_behind_even_if_the_program_fails(monkeypatch, tmp_path) -> None:
    started = []
    original = local_cluster.Popen

    def noted(*arguments, **options):
        started.append(original(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(local_cluster, "Popen", noted)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ZeroDivisionError):
        fails_in_a_cluster(tmp_path)
    assert [process.returncode for process in started] == [-signal.SIGKILL] * 2
    assert list(tmp_path.iterdir()) == []


def test_both_systems_hit_with_exactly_the_same_darts(recording) -> None:
    assert recording("cluster/pi_mpi").lines == [PI]
    assert recording("cluster/pi_dask").lines == [PI]
    assert inspect.getsource(pi_mpi.hits) == inspect.getsource(pi_dask.hits)
    assert pi_mpi.TASKS * pi_mpi.DARTS == pi_dask.TASKS * pi_dask.DARTS == 40_000


def test_the_hits_of_a_task_depend_on_nothing_but_its_number() -> None:
    first = [pi_dask.hits(task) for task in range(8)]
    random.seed(7)
    assert [pi_dask.hits(task) for task in reversed(range(8))] == first[::-1]
    assert len(set(first)) > 4, "each task throws darts of its own"


@pytest.mark.parametrize("size", [1, 2, 3, 8])
def test_the_ranks_divide_all_tasks_among_them_however_many_they_are(in_world, capsys, size: int) -> None:
    shares = [in_world(pi_mpi, rank, size) for rank in range(size)]
    assert sum(shares) == sum(map(pi_dask.hits, range(8))) == 31424
    assert len(capsys.readouterr().out.splitlines()) == 1, "rank 0 alone prints"


@pytest.mark.skipif(MPIEXEC is None, reason="no mpiexec here")
@pytest.mark.parametrize("name", ["pi_mpi", "words_mpi"])
def test_the_result_does_not_depend_on_the_number_of_ranks(recording, name: str) -> None:
    command = [MPIEXEC, "-n", "3", sys.executable, FOLDER / f"{name}.py"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert ran.stdout.splitlines() == recording(f"cluster/{name}").lines


def test_the_client_submits_all_tasks_and_one_that_adds_them_up(monkeypatch, capsys) -> None:
    monkeypatch.setattr(pi_dask, "local_cluster", here)
    pi_dask.main()
    assert capsys.readouterr().out.splitlines() == [PI]


def test_both_systems_count_the_same_words_as_one_counter(recording) -> None:
    words = counted_alone()
    in_mpi, in_dask = recording("cluster/words_mpi").lines, recording("cluster/words_dask").lines
    assert in_mpi == in_dask[:2]
    assert in_mpi == [
        f"{words.total()} words, {len(words)} different: {words.most_common(3)}",
        "the same as one Counter over all lines: True",
    ]
    assert len({count for _, count in words.most_common(4)}) == 4, "or the order would be that of the reduction"
    assert inspect.getsource(words_mpi.count) == inspect.getsource(words_dask.count)


def test_each_share_was_counted_where_it_lay(recording) -> None:
    assert recording("cluster/words_dask").lines[2] == "each share was counted where it lay: True"


@pytest.mark.parametrize("size", [1, 2, 5])
def test_each_line_is_in_the_share_of_exactly_one_rank(in_world, size: int) -> None:
    lines = TEXT.read_text(encoding="utf-8").splitlines()
    shares = [in_world(words_mpi, rank, size, scattered=lines[rank::size]) for rank in range(size)]
    assert sum(shares, Counter()) == counted_alone()


def test_it_is_noticed_where_a_share_was_counted(monkeypatch, capsys) -> None:
    monkeypatch.setattr(words_dask, "wait", lambda futures: None)
    monkeypatch.setattr(words_dask, "local_cluster", here)
    words_dask.main()
    assert capsys.readouterr().out.splitlines()[1:] == [
        "the same as one Counter over all lines: True",
        "each share was counted where it lay: True",
    ]
    monkeypatch.setattr(Here, "place_of", lambda self, argument: "worker 0")
    words_dask.main()
    assert capsys.readouterr().out.splitlines()[2] == "each share was counted where it lay: False"


@pytest.fixture
def cloudpickle_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Of the module that the program writes and registers, nothing is left."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield
    module = sys.modules.pop("only_here", None)
    if module and module.__name__ in what_travels.cloudpickle.list_registry_pickle_by_value():
        what_travels.cloudpickle.unregister_pickle_by_value(module)


@pytest.mark.usefixtures("cloudpickle_as_before")
def test_what_travels_is_a_whole_function_or_its_name(capsys) -> None:
    what_travels.main()
    assert capsys.readouterr().out.splitlines() == [
        "lambda, pickle: cannot be serialised",
        "lambda, cloudpickle: called, result 9",
        "lambda with a lock, cloudpickle: cannot be serialised",
        "function of a module, cloudpickle: ModuleNotFoundError: No module named 'only_here'",
        "the same by value: called, result 9",
    ]


def test_a_worker_is_killed_in_the_middle_of_a_task_and_the_result_is_the_same(recording) -> None:
    killed, left, began, result = recording("cluster/worker_dies").lines
    assert killed == f"exit code of the killed worker: {-signal.SIGKILL}"
    assert left == "workers that are left: 1"
    assert began == "times that tasks 0 to 7 began: 2 1 1 1 1 1 1 1"
    assert result == PI


def test_a_task_says_that_it_began_and_does_not_end_before_the_kill(monkeypatch, tmp_path) -> None:
    waited = []

    def sleep(seconds: float) -> None:
        waited.append(sorted(file.name for file in tmp_path.iterdir()))
        if len(waited) == 3:
            (tmp_path / "killed").touch()

    monkeypatch.setattr(worker_dies, "time", SimpleNamespace(sleep=sleep))
    assert worker_dies.hits(5, tmp_path) == pi_dask.hits(5)
    assert waited == [[f"5 by {os.getpid()}"]] * 3


def test_in_mpi_a_failing_rank_ends_everything(recording) -> None:
    assert recording("mpi/one_fails").lines == ["exit code of mpiexec: 1", "rank 0 went on: False"]
