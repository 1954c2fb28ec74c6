"""Lines without which programs of tests/snippets/test_aio.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "aio/call_await_task",
        "    await coroutine  # (2)!",
        "    asyncio.create_task(coroutine)",
        "test_aio.py::test_a_call_runs_nothing_await_runs_it_here_and_tasks_run_beside",
    ),
    Mutation(
        "aio/keep_a_reference",
        "    gc.collect()  # (5)!",
        "    pass",
        "test_aio.py::test_a_task_that_nobody_keeps_is_collected_and_a_kept_one_is_not",
    ),
    Mutation(
        "aio/one_fails",
        'fail(KeyError("second")))  # (2)!',
        'fail(KeyError("second")), return_exceptions=True)',
        "test_aio.py::test_gather_lets_the_sibling_finish_and_shows_one_error",
    ),
    Mutation(
        "aio/cancellation",
        "asyncio.shield(inner)",
        "inner",
        "test_aio.py::test_cancelling_is_a_request_that_runs_finally_can_be_swallowed_and_kept_off_by_a_shield",
    ),
    Mutation(
        "aio/blocking_calls",
        "await asyncio.to_thread(block, bell)",
        "block(bell)",
        "test_aio.py::test_another_task_can_ring_only_while_a_thread_blocks",
    ),
    Mutation(
        "aio/two_at_a_time",
        "asyncio.Queue(maxsize=2)",
        "asyncio.Queue()",
        "test_aio.py::test_a_full_queue_holds_its_producer_back_and_two_workers_do_two_at_a_time",
    ),
    Mutation(
        "aio/two_at_a_time",
        "asyncio.Semaphore(2)",
        "asyncio.Semaphore(3)",
        "test_aio.py::test_a_semaphore_lets_two_in_at_a_time",
    ),
    Mutation(
        "aio/from_a_thread",
        "asyncio.run(show(), debug=debug)",
        "asyncio.run(show())",
        "test_aio.py::test_another_thread_gets_its_answer_and_only_debug_mode_finds_the_wrong_call",
    ),
    Mutation(
        "aio/three_ways",
        "[listener.accept()[0] for _ in NAMES]",
        "(listener.accept()[0] for _ in NAMES)",
        "test_aio.py::test_the_server_of_the_three_ways_answers_nobody_before_all_three_are_there",
    ),
]
