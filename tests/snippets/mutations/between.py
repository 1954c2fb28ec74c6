"""Lines without which programs of tests/snippets/test_between.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "between/join_before_get",
        "queue.put(bytes(size))",
        "queue.put(bytes(size // size))",
        "test_between.py::test_a_child_lives_until_what_it_has_put_was_got_and_a_simple_queue_keeps_it_in_put",
    ),
    Mutation(
        "between/pipe_ends",
        "process.join()",
        "theirs.close()",
        "test_between.py::test_the_end_of_a_pipe_comes_only_when_our_own_copy_is_closed_too",
    ),
    Mutation(
        "between/shared_counter",
        "with guard:",
        "if guard:",
        "test_between.py::test_the_guard_is_held_from_reading_to_writing",
    ),
    Mutation(
        "between/shared_counter",
        "meeting.wait(patience)",
        "pass",
        "test_between.py::test_an_update_is_lost_without_a_lock_and_none_with_it",
    ),
    Mutation(
        "between/shared_block",
        "block.unlink()",
        "pass",
        "test_between.py::test_a_block_is_found_after_close_and_not_after_unlink",
    ),
    Mutation(
        "between/nested_in_proxy",
        'shared["assigned"] = names',
        "pass",
        "test_between.py::test_a_change_of_a_copy_is_lost_and_those_assigned_or_through_a_proxy_are_kept",
    ),
    Mutation(
        "between/two_seats",
        "with seats:",
        "if seats:",
        "test_between.py::test_the_seat_of_a_killed_process_stays_taken",
    ),
    Mutation(
        "between/cannot_pickle",
        "def __reduce__(self)",
        "def reduce(self)",
        "test_between.py::test_what_cannot_be_pickled_says_so_and_its_remedy_comes_back",
    ),
    Mutation(
        "between/zombie",
        "wait([process.sentinel])",
        "process.join()",
        "test_between.py::test_a_child_is_a_zombie_until_it_is_collected_in_either_way",
    ),
    Mutation(
        "between/signals_to_group",
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))",
        "pass",
        "test_between.py::test_no_program_leaves_a_process_behind",
    ),
    Mutation(
        "between/handler_in_main",
        "signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)",
        "os.kill(os.getpid(), signal.SIGUSR1)",
        "test_between.py::test_the_handler_waits_for_the_main_thread_which_was_in_a_system_call",
    ),
]
