"""Lines without which programs of tests/snippets/test_choosing.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "choosing/report",
        "min(one) <= max(other) and min(other) <= max(one)",
        "median(one) == median(other)",
        "test_choosing.py::test_no_difference_is_seen_where_the_spreads_overlap_whatever_the_medians_are",
    ),
    Mutation(
        "choosing/pools",
        "with ThreadPoolExecutor(WORKERS)",
        "with ThreadPoolExecutor(1)",
        "test_choosing.py::test_threads_work_at_the_same_time_in_one_process",
    ),
    Mutation(
        "choosing/one_thread",
        "await asyncio.gather(*(work(number) for number in numbers))",
        "[await work(number) for number in numbers]",
        "test_choosing.py::test_coroutines_wait_at_the_same_time_in_one_thread",
    ),
    Mutation(
        "choosing/measure",
        "for _ in range(rounds):",
        "for _ in range(1):",
        "test_choosing.py::test_all_combinations_are_gone_through_round_by_round",
    ),
    Mutation(
        "choosing/worker",
        "run = run or stack",
        "run = stack",
        "test_choosing.py::test_a_pool_is_kept_from_order_to_order_but_a_start_is_fresh",
    ),
    Mutation(
        "choosing/memory",
        "family += children(one)",
        "pass",
        "test_choosing.py::test_memory_counts_children_and_grandchildren",
    ),
]
