"""Lines without which programs of tests/snippets/test_synchronisation.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "synchronisation/take_in_a_loop",
        "    while not items:  # (2)!",
        "    if not items:",
        "test_synchronisation.py::test_waiting_in_a_loop_goes_on_after_being_woken_for_nothing",
    ),
    Mutation(
        "synchronisation/notify_one_or_all",
        "        bell.notify()\n    woken",
        "        bell.notify_all()\n    woken",
        "test_synchronisation.py::test_notify_wakes_one_and_notify_all_the_rest_and_both_need_the_lock",
    ),
    Mutation(
        "synchronisation/bounded_buffer",
        "            self.not_full.wait_for(lambda: len(self.items) < self.room)  # (2)!",
        "            pass",
        "test_synchronisation.py::test_putting_into_a_full_buffer_waits_until_something_is_taken",
    ),
    Mutation(
        "synchronisation/bounded_buffer",
        "self.not_empty = threading.Condition(lock)",
        "self.not_empty = threading.Condition()",
        "test_synchronisation.py::test_the_two_conditions_of_the_buffer_share_one_lock",
    ),
    Mutation(
        "synchronisation/places",
        "one_too_many(threading.BoundedSemaphore(2))",
        "one_too_many(threading.Semaphore(2))",
        "test_synchronisation.py::"
        "test_two_are_inside_at_once_and_only_a_bounded_semaphore_notices_one_release_too_many",
    ),
    Mutation(
        "synchronisation/broken_barrier",
        "    meeting.reset()  # (4)!",
        "    pass",
        "test_synchronisation.py::test_one_timeout_or_abort_breaks_the_barrier_for_all_until_it_is_reset",
    ),
    Mutation(
        "synchronisation/own_values",
        "copy.run(look)",
        "look()",
        "test_synchronisation.py::test_values_of_threads_and_of_contexts_are_kept_apart",
    ),
    Mutation(
        "synchronisation/queue_workers",
        "maxsize=2",
        "maxsize=0",
        "test_synchronisation.py::test_a_full_queue_refuses_and_every_worker_leaves_on_a_marker_of_its_own",
    ),
    Mutation(
        "synchronisation/queue_orders",
        "(1, next(number), job)",
        "(1, -next(number), job)",
        "test_synchronisation.py::test_each_queue_has_its_order_and_a_number_decides_between_equals",
    ),
    Mutation(
        "synchronisation/queue_shutdown",
        "jobs.shutdown(immediate)",
        "jobs.shutdown()",
        "test_synchronisation.py::test_a_queue_that_is_shut_down_gives_out_the_rest_or_at_once_nothing",
    ),
]
