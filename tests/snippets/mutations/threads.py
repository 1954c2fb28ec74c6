"""Lines without which programs of tests/snippets/test_threads.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "threads/music_log_join",
        "t1.join()",
        "pass",
        "test_threads.py::test_with_join_main_waits_for_each_of_the_two",
    ),
    Mutation(
        "threads/daemon_alone",
        "daemon=True",
        "daemon=False",
        "test_threads.py::test_a_daemon_dies_with_its_finally_unrun_when_it_is_alone",
    ),
]
