"""Lines without which programs of tests/snippets/test_coroutines.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "coroutines/fetch_patched",
        "monkey.patch_all()",
        "pass",
        "test_coroutines.py::test_patched_fetches_are_open_together_and_never_shorter_than_the_server_takes",
    ),
    Mutation(
        "coroutines/patch_too_late",
        "from time import sleep  # (1)!\n\nfrom gevent import monkey\n\nmonkey.patch_all()",
        "from gevent import monkey\n\nmonkey.patch_all()\nfrom time import sleep",
        "test_coroutines.py::test_a_name_bound_before_patching_still_blocks",
    ),
    Mutation(
        "coroutines/asyncio_lock",
        "Counter(asyncio.Lock())",
        "Counter(nullcontext())",
        "test_coroutines.py::test_tasks_lose_updates_only_when_they_switch_without_a_lock",
    ),
    Mutation(
        "coroutines/gevent_lock",
        "count(BoundedSemaphore(1))",
        "count(nullcontext())",
        "test_coroutines.py::test_greenlets_lose_updates_without_a_lock",
    ),
    Mutation(
        "coroutines/cpu_greenlets",
        "lambda: gevent.sleep(0)",
        "lambda: None",
        "test_coroutines.py::test_greenlets_switch_only_where_they_pause",
    ),
    Mutation(
        "coroutines/joinall_errors",
        "greenlets, raise_error=True",
        "greenlets",
        "test_coroutines.py::test_joinall_raises_nothing_unless_told_to",
    ),
]
