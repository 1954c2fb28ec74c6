"""Lines without which programs of tests/snippets/test_cluster.py no longer show what they are there for."""

from tests.snippets.mutations.mutation import Mutation

MUTATIONS = [
    Mutation(
        "cluster/local_cluster",
        "--no-nanny",
        "--nanny",
        "test_cluster.py::test_scheduler_and_workers_are_processes_of_their_own_and_reached_by_tcp",
    ),
    Mutation(
        "cluster/pi_mpi",
        "range(world.Get_rank(), TASKS, world.Get_size())",
        "range(TASKS)",
        "test_cluster.py::test_the_ranks_divide_all_tasks_among_them_however_many_they_are",
    ),
    Mutation(
        "cluster/pi_dask",
        "Random(task)",
        "Random()",
        "test_cluster.py::test_the_hits_of_a_task_depend_on_nothing_but_its_number",
    ),
    Mutation(
        "cluster/words_mpi",
        "[lines[rank :: world.Get_size()] for",
        "[lines for",
        "test_cluster.py::test_each_line_is_in_the_share_of_exactly_one_rank",
    ),
    Mutation(
        "cluster/words_dask",
        "client.map(count, shares)",
        "client.map(count, [lines[0::2], lines[1::2]])",
        "test_cluster.py::test_it_is_noticed_where_a_share_was_counted",
    ),
    Mutation(
        "cluster/what_travels",
        'cloudpickle.register_pickle_by_value(sys.modules["only_here"])',
        "pass",
        "test_cluster.py::test_what_travels_is_a_whole_function_or_its_name",
    ),
    Mutation(
        "cluster/worker_dies",
        'while not Path(folder, "killed").exists():',
        "while False:",
        "test_cluster.py::test_a_task_says_that_it_began_and_does_not_end_before_the_kill",
    ),
]
