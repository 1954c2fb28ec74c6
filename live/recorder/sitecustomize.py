"""Starts the recorder in each Python process of a run. Python imports this module by itself, before the program."""

import os
import sys

_HERE = __file__.rpartition("/")[0]


def _start_recorder() -> None:
    import live_recorder  # type: ignore[import-not-found]  # it is found beside this file

    live_recorder.start()


def _run_the_real_one() -> None:
    """Some systems have a `sitecustomize` of their own, which this one hides."""
    if not any(os.path.exists(f"{folder}/{__name__}{ending}") for folder in sys.path for ending in (".py", "")):
        return  # without the modules that finding it takes, whose import every process would pay for
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec and spec.loader:
        sys.modules[__name__] = module = module_from_spec(spec)
        spec.loader.exec_module(module)


try:
    _start_recorder()
except Exception:  # a program must never notice that it could not be recorded
    pass
if _HERE in sys.path:
    sys.path.remove(_HERE)
_run_the_real_one()
