"""What the page on MPI promises about its programs."""

import io
import math
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from snippets.mpi import c_programs, one_fails
from tests.conftest import able

mpi4py = pytest.importorskip("mpi4py")
if shutil.which("mpiexec", path=c_programs.PLACES) is None:
    pytest.skip("no mpiexec here", allow_module_level=True)
mpi4py.rc.initialize = False  # or MPI would begin in the process of the tests, and be at hand in all of them

from snippets.mpi import copies, hello, objects_and_buffers, pi, receive_first, ring, scatter  # noqa: E402

FOLDER = Path(hello.__file__).parent
PATIENCE = 60  # seconds until a program that is stuck fails its test

ALONE = {
    hello: ["hello from rank 0 of 1"],
    copies: ["rank 0 has ['start', 'rank 0']"],
    ring: ["rank 0 sent 0, got 0 back"],
    receive_first: ["rank 0: in time False, in the end 'greetings from rank 0'"],
    objects_and_buffers: [
        "sendrecv() brought {'rank': 0}",
        "Sendrecv() filled [0, 0, 0]",
        "TypeError: message: expecting buffer or list/tuple",
    ],
    pi: ["pi is about 3.1415926536, ranks: 1"],
    scatter: ["1 + 2 + 3 = 6, says rank 0"],
}


def lines_of(*command: str | Path) -> list[str]:
    """What a command prints that ends well."""
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def lines_of_world(ranks: int, *command: str | Path) -> list[str]:
    return lines_of(shutil.which("mpiexec", path=c_programs.PLACES) or "", "-n", str(ranks), *command)


class World:
    """Stands for a communicator: has a rank and a size, notes down every other call, and answers `got` to each."""

    def __init__(self, rank: int, size: int, got: Any = None) -> None:
        self.rank, self.size, self.got = rank, size, got
        self.calls: list[tuple[Any, ...]] = []

    def Get_rank(self) -> int:
        return self.rank

    def Get_size(self) -> int:
        return self.size

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            self.calls.append((name, *arguments, options))
            return self.got

        return call


class Pieces(io.StringIO):
    """Notes down each write."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, text: str) -> int:
        self.pieces.append(text)
        return super().write(text)


@pytest.fixture
def run_in(monkeypatch):
    """Run a program's main in a world that is none, and return what it wrote, piece by piece."""

    def run(program, world: World) -> list[str]:
        stream = Pieces()
        monkeypatch.setattr(program, "MPI", SimpleNamespace(COMM_WORLD=world))
        monkeypatch.setattr(sys, "stdout", stream)
        program.main()
        monkeypatch.undo()
        return [piece for piece in stream.pieces if piece]

    return run


def test_every_rank_says_hello_once(recording) -> None:
    ran = recording("mpi/hello")
    assert ran.exit_code == 0
    assert sorted(ran.lines) == [f"hello from rank {rank} of 4" for rank in range(4)]


def test_a_line_of_hello_is_written_at_once_so_that_no_other_can_tear_it(run_in) -> None:
    assert run_in(hello, World(2, 4)) == ["hello from rank 2 of 4\n"]


def test_a_list_that_was_broadcast_is_a_copy_on_every_rank(recording) -> None:
    ran = recording("mpi/copies")
    assert ran.exit_code == 0
    assert ran.lines == ["rank 0 has ['start', 'rank 0']", "rank 1 has ['start', 'rank 1']"]


def test_the_token_goes_round_and_each_rank_adds_its_own(recording) -> None:
    ran = recording("mpi/ring")
    assert ran.exit_code == 0
    assert sorted(ran.lines) == [
        "rank 0 sent 0, got 6 back",
        "rank 1 got 0, sent 1",
        "rank 2 got 1, sent 3",
        "rank 3 got 3, sent 6",
    ]


def test_rank_0_of_the_ring_sends_and_receives_in_one_step(run_in) -> None:
    world = World(0, 4, got=6)
    assert run_in(ring, world) == ["rank 0 sent 0, got 6 back\n"]
    assert world.calls == [("sendrecv", 0, {"dest": 1, "source": 3})]


@pytest.mark.parametrize(("rank", "right"), [(2, 3), (3, 0)])
def test_the_others_of_the_ring_receive_from_the_left_and_then_send_to_the_right(run_in, rank: int, right: int) -> None:
    world = World(rank, 4, got=1)
    assert run_in(ring, world) == [f"rank {rank} got 1, sent {1 + rank}\n"]
    assert world.calls == [("recv", {"source": rank - 1}), ("send", 1 + rank, {"dest": right})]


def test_two_ranks_that_both_receive_first_get_nothing_until_they_send(recording) -> None:
    ran = recording("mpi/receive_first")
    assert ran.exit_code == 0
    assert ran.lines == [
        "rank 0: in time False, in the end 'greetings from rank 1'",
        "rank 1: in time False, in the end 'greetings from rank 0'",
    ]


def test_nobody_sends_before_both_have_looked_for_a_message(run_in, monkeypatch) -> None:
    world = World(1, 2)
    world.got = SimpleNamespace(wait=lambda: world.calls.append(("wait", {})) or "hi")
    monkeypatch.setattr(receive_first, "arrives_within", lambda *_: world.calls.append(("look", {})))
    run_in(receive_first, world)
    assert [call[0] for call in world.calls] == ["irecv", "look", "Barrier", "send", "wait", "gather"]


def test_looking_for_a_message_ends_when_it_is_there_or_the_time_is_up() -> None:
    answers = iter([(False, None), (True, "hi")])
    assert receive_first.arrives_within(PATIENCE, SimpleNamespace(test=lambda: next(answers)))
    began = time.perf_counter()
    assert not receive_first.arrives_within(0.1, SimpleNamespace(test=lambda: (False, None)))
    assert time.perf_counter() - began >= 0.1


def test_small_letters_pass_objects_and_capital_letters_fill_buffers(recording) -> None:
    ran = recording("mpi/objects_and_buffers")
    assert ran.exit_code == 0
    assert ran.lines == [
        "sendrecv() brought {'rank': 1}",
        "Sendrecv() filled [1, 1, 1]",
        "TypeError: message: expecting buffer or list/tuple",
    ]


def test_the_parts_of_four_ranks_are_pi(recording) -> None:
    ran = recording("mpi/pi")
    assert ran.exit_code == 0
    assert ran.lines == [f"pi is about {math.pi:.10f}, ranks: 4"]


def test_each_rank_adds_up_a_share_of_the_strips() -> None:
    parts = [pi.area(rank, 4) for rank in range(4)]
    assert sum(parts) == pytest.approx(math.pi, abs=1e-10)
    assert parts == pytest.approx([math.pi / 4] * 4, abs=1e-4)


def test_each_rank_gets_a_row_and_the_answers_come_back_in_order(recording) -> None:
    ran = recording("mpi/scatter")
    assert ran.exit_code == 0
    assert ran.lines == [
        "1 + 2 + 3 = 6, says rank 0",
        "4 + 5 + 6 = 15, says rank 1",
        "7 + 8 + 9 = 24, says rank 2",
        "10 + 11 + 12 = 33, says rank 3",
    ]


@pytest.mark.parametrize("program", ALONE, ids=lambda program: program.__name__.rpartition(".")[2])
def test_without_mpiexec_rank_0_is_alone(program) -> None:
    assert lines_of(sys.executable, program.__file__) == ALONE[program]


def test_the_c_programs_print_what_those_in_python_print(recording) -> None:
    ran = recording("mpi/c_programs")
    assert ran.exit_code == 0
    printed: dict[str, list[str]] = {}
    for line in ran.lines:
        if line.endswith(".c:"):
            lines = printed.setdefault(line.removesuffix(".c:"), [])
        else:
            lines.append(line)
    assert list(printed) == ["hello", "ring", "pi", "scatter"]
    for name, lines in printed.items():
        assert sorted(lines) == sorted(recording(f"mpi/{name}").lines), name


@pytest.mark.parametrize("name", c_programs.PROGRAMS)
def test_c_and_python_agree_in_a_world_of_another_size(name: str, tmp_path: Path) -> None:
    able("mpi/c_programs")
    c_programs.output_of("mpicc", *c_programs.STRICT, "-o", tmp_path / name, FOLDER / f"{name}.c")
    in_python = lines_of_world(3, sys.executable, FOLDER / f"{name}.py")
    assert sorted(lines_of_world(3, tmp_path / name)) == sorted(in_python)
    assert in_python


@pytest.mark.parametrize(
    "faulty",
    ["int main(void) { int unused; }", "int f(int unused) { return 2; }\nint main(void) { return f(1); }"],
    ids=["all", "extra"],
)
def test_a_warning_of_the_c_compiler_is_an_error(faulty: str, tmp_path: Path) -> None:
    able("mpi/c_programs")
    source = tmp_path / "faulty.c"
    source.write_text(faulty, encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        c_programs.output_of("mpicc", *c_programs.STRICT, "-o", tmp_path / "faulty", source)


def test_when_one_rank_fails_the_others_are_ended_too(recording) -> None:
    ran = recording("mpi/one_fails")
    assert ran.exit_code == 0
    assert ran.lines == ["exit code of mpiexec: 1", "rank 0 went on: False"]


def test_when_no_rank_fails_all_go_on(monkeypatch, capsys) -> None:
    healthy = one_fails.WORLD.replace('raise RuntimeError("rank 1 gives up")', "world.send(None, dest=0)")
    assert healthy != one_fails.WORLD
    monkeypatch.setattr(one_fails, "WORLD", healthy)
    one_fails.main()
    assert capsys.readouterr().out.splitlines() == ["exit code of mpiexec: 0", "rank 0 went on: True"]
