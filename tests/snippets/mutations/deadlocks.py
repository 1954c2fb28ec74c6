"""Lines without which programs of tests/snippets/test_deadlocks.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "deadlocks/transfer",
        "sorted((source, target), key=lambda account: account.number)",
        "(source, target)",
        "test_deadlocks.py::test_whoever_pays_the_smaller_number_is_locked_first",
    ),
    Mutation(
        "deadlocks/back_off",
        '        print(f"{name}: backs off, attempt {attempt}")  # (3)!\n        time.sleep',
        '            print(f"{name}: backs off, attempt {attempt}")\n            time.sleep',
        "test_deadlocks.py::test_whoever_backs_off_has_let_go_of_the_first_lock_and_then_tries_again",
    ),
    Mutation(
        "deadlocks/all_at_once",
        "self._changed.wait_for(lambda: self._free.issuperset(wanted))  # (1)!\n            self._free",
        "all(self._changed.wait_for(lambda: {name} <= self._free)"
        " and not self._free.discard(name) for name in wanted)\n            self._free",
        "test_deadlocks.py::test_whoever_waits_for_all_at_once_holds_nothing",
    ),
    Mutation(
        "deadlocks/livelock",
        "        if polite:",
        "        if True:",
        "test_deadlocks.py::test_if_only_one_steps_aside_both_get_past_in_the_second_round",
    ),
    Mutation(
        "deadlocks/four_seats",
        "threading.Semaphore(4)",
        "threading.Semaphore(5)",
        "test_deadlocks.py::test_at_most_four_philosophers_sit_down",
    ),
    Mutation(
        "deadlocks/writer_starves",
        "self.waiting_writers and self.writers_first",
        "False",
        "test_deadlocks.py::test_the_program_on_the_page_starved_its_writer_only_when_readers_went_first",
    ),
    Mutation(
        "deadlocks/stacks",
        "        with lock_b:  # (1)!\n            print",
        "        if lock_b:  # (1)!\n            print",
        "test_deadlocks.py::test_nothing_tells_of_the_deadlock_but_the_watchdog_and_its_stacks_show_the_circle",
    ),
    Mutation(
        "deadlocks/py_spy_dump",
        "    ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)  # (2)!\n",
        "",
        "test_deadlocks.py::test_the_child_lets_others_look_at_it_before_it_hangs",
    ),
]
