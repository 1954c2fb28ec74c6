"""Lines without which programs of tests/snippets/test_gil.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "gil/run_lengths",
        "    sys.setswitchinterval(interval)",
        "    pass",
        "test_gil.py::test_with_a_long_interval_one_thread_finishes_before_it_is_the_others_turn",
    ),
    Mutation(
        "gil/convoy",
        "    Thread(target=spin, args=(stop,)).start()  # (3)!",
        "    pass",
        "test_gil.py::test_another_thread_is_there_from_the_first_question_to_the_last_answer",
    ),
    Mutation(
        "gil/c_code",
        "    sys.setswitchinterval(5)  # (3)!",
        "    pass",
        "test_gil.py::test_the_page_shows_who_keeps_the_gil",
    ),
    Mutation(
        "gil/own_gil",
        "interpreters.create().call_in_thread(spin, cells)",
        "start_thread(cells)",
        "test_gil.py::test_the_page_shows_that_only_a_thread_with_another_gil_is_greeted",
    ),
    Mutation(
        "gil/own_state",
        "    worker.close()  # (5)!",
        "    pass",
        "test_gil.py::test_interpreters_share_a_process_but_no_modules_and_queues_carry_copies",
    ),
    Mutation(
        "gil/back_on",
        """env={**os.environ, **settings}""",
        """env=os.environ""",
        "test_gil.py::test_a_free_threaded_build_says_so_and_an_old_module_switches_its_gil_on",
    ),
    Mutation(
        "gil/still_whole",
        "    with LOCK:  # (3)!",
        "    if LOCK:",
        "test_gil.py::test_the_lock_is_taken_for_each_addition",
    ),
    Mutation(
        "gil/scaling",
        "ThreadPoolExecutor(threads)",
        "ThreadPoolExecutor(1)",
        "test_gil.py::test_so_many_threads_share_out_four_parts",
    ),
    Mutation(
        "gil/scaling_both_ways",
        "(1, 0)",
        "(0, 0)",
        "test_gil.py::test_the_same_file_runs_with_the_gil_on_and_off",
    ),
]
