"""Lines without which programs of tests/snippets/test_locks.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "locks/with_lock",
        "with lock:",
        "if lock:",
        "test_locks.py::test_the_lock_is_held_from_reading_to_writing",
    ),
    Mutation(
        "locks/rlock_turns",
        "rlock = threading.RLock()",
        "rlock = threading.Semaphore(20)",
        "test_locks.py::test_the_lock_is_held_during_the_sleep",
    ),
    Mutation(
        "locks/rlock_turns",
        "my_thread.join()",
        "pass",
        "test_locks.py::test_main_waits_for_all_ten",
    ),
    Mutation(
        "locks/leaked_lock",
        "    finally:\n        lock.release()",
        "    finally:\n        pass",
        "test_locks.py::test_only_the_bare_way_leaks_the_lock",
    ),
    Mutation(
        "locks/self_deadlock",
        "threading.RLock()",
        "threading.Lock()",
        "test_locks.py::test_only_a_reentrant_lock_can_be_taken_again",
    ),
    Mutation(
        "locks/one_order",
        "sorted((one, other), key=lambda resource: resource.name)",
        "(one, other)",
        "test_locks.py::test_whatever_is_wanted_first_the_locks_are_taken_in_one_order",
    ),
]
