"""Lines without which programs of tests/snippets/test_pools.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "pools/future_states",
        "second.add_done_callback(tell)",
        "tell(first)",
        "test_pools.py::test_a_callback_runs_in_the_worker_or_where_it_is_added_if_that_is_too_late",
    ),
    Mutation(
        "pools/two_orders",
        "        a_may_end.wait()  # (1)!",
        "        pass",
        "test_pools.py::test_map_keeps_the_order_of_the_input_and_as_completed_gives_last_what_ends_last",
    ),
    Mutation(
        "pools/errors_kept",
        "            asked.result()",
        "            pass",
        "test_pools.py::test_an_exception_is_kept_for_who_asks_and_nobody_hears_of_the_other_one",
    ),
    Mutation(
        "pools/running_goes_on",
        ", cancel_futures=True)  # (3)!",
        ")",
        "test_pools.py::test_nothing_stops_work_that_has_begun",
    ),
    Mutation(
        "pools/back_pressure",
        "_, pending = wait(pending, return_when=FIRST_COMPLETED)",
        "pass",
        "test_pools.py::test_a_window_is_filled_and_never_overfilled",
    ),
    Mutation(
        "pools/process_pool",
        ", chunksize=chunksize",
        "",
        "test_pools.py::test_calls_travel_in_chunks_and_each_worker_is_prepared_once",
    ),
    Mutation(
        "pools/leaving_with",
        "        pool.close()  # (3)!\n        pool.join()\n",
        "",
        "test_pools.py::test_an_executor_waits_on_leaving_with_and_a_pool_terminates",
    ),
]
