"""Lines without which programs of tests/snippets/test_troubles.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "troubles/too_many_threads",
        "threading.stack_size(512 * MIB)",
        "pass",
        "test_troubles.py::test_a_thread_for_each_job_finds_no_room_and_two_threads_do_all",
    ),
    Mutation(
        "troubles/join_oneself",
        "if thread is not threading.current_thread():",
        "if thread:",
        "test_troubles.py::test_whoever_waits_for_all_threads_must_leave_itself_out",
    ),
    Mutation(
        "troubles/released_too_often",
        "with seats:",
        "if seats:",
        "test_troubles.py::test_a_seat_is_taken_inside_and_free_after",
    ),
    Mutation(
        "troubles/hangs_at_exit",
        "iter(jobs.get, None)",
        "iter(jobs.get, 0)",
        "test_troubles.py::test_a_process_outlives_its_main_as_long_as_a_thread_waits",
    ),
    Mutation(
        "troubles/leaked_block",
        "block.unlink()",
        "pass",
        "test_troubles.py::test_unlinking_leaves_no_block",
    ),
    Mutation(
        "troubles/interrupted_workers",
        "signal.signal(signal.SIGINT, signal.SIG_IGN)",
        "pass",
        "test_troubles.py::test_ctrl_c_is_told_by_each_process_unless_the_workers_ignore_it",
    ),
    Mutation(
        "troubles/never_awaited",
        "await save()",
        "save()",
        "test_troubles.py::test_what_is_called_without_await_never_runs",
    ),
    Mutation(
        "troubles/buffered_and_forked",
        "flush=flush_before",
        "flush=False",
        "test_troubles.py::test_a_buffer_is_copied_by_fork_and_thrown_away_by_exit",
    ),
    Mutation(
        "troubles/address_in_use",
        "connection.close()",
        "pass",
        "test_troubles.py::test_a_port_is_taken_by_who_listens_and_then_by_the_last_connection",
    ),
]
