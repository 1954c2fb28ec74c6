"""Lines without which programs of tests/snippets/test_processes.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "processes/by_function",
        "        p.join()",
        "        pass",
        "test_processes.py::test_by_function_starts_all_three_then_joins_all_three",
    ),
    Mutation(
        "processes/daemon_has_no_children",
        'daemon=kind == "daemonic"',
        "daemon=False",
        "test_processes.py::test_only_an_ordinary_process_may_have_children",
    ),
    Mutation(
        "processes/terminate_can_be_ignored",
        "signal.SIG_IGN",
        "signal.SIG_DFL",
        "test_processes.py::test_terminate_can_be_ignored_and_kill_cannot",
    ),
    Mutation(
        "processes/run_is_no_start",
        "    process.run()",
        "    process.start()",
        "test_processes.py::test_run_runs_in_the_process_that_calls_it_and_nothing_without_a_target",
    ),
]
