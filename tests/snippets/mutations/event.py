"""Lines without which programs of tests/snippets/test_event.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "event/redis_wait",
        "event.wait()",
        "pass",
        "test_event.py::test_a_worker_waits_for_the_event_it_is_given",
    ),
    Mutation(
        "event/lost_wakeup",
        "    event.clear()  # (3)!",
        "    pass",
        "test_event.py::test_three_times_set_wakes_once_and_what_was_cleared_is_found_only_by_looking",
    ),
]
