# /// script
# dependencies = ["cloudpickle"]
# ///

"""What reaches another process: functions with pickle and cloudpickle, of modules that are there or are not."""

import importlib
import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

import cloudpickle

WORKER = "import pickle, sys; function = pickle.load(sys.stdin.buffer); print('called, result', function(3))"  # (1)!
Dumps = Callable[[object], bytes]


def called_elsewhere(function: object, dumps: Dumps) -> str:
    try:
        message = dumps(function)
    except (pickle.PicklingError, AttributeError, TypeError):
        return "cannot be serialised"
    worker = run([sys.executable, "-c", WORKER], input=message, check=False, capture_output=True)
    return (worker.stdout or worker.stderr).decode().splitlines()[-1]


def main() -> None:
    lock = threading.Lock()
    with TemporaryDirectory() as folder:
        Path(folder, "only_here.py").write_text("def square(n):\n    return n * n\n")
        sys.path.append(folder)  # (2)!
        square = importlib.import_module("only_here").square
        print(f"lambda, pickle: {called_elsewhere(lambda n: n * n, pickle.dumps)}")
        print(f"lambda, cloudpickle: {called_elsewhere(lambda n: n * n, cloudpickle.dumps)}")  # (3)!
        print(f"lambda with a lock, cloudpickle: {called_elsewhere(lambda n: (n, lock), cloudpickle.dumps)}")
        print(f"function of a module, cloudpickle: {called_elsewhere(square, cloudpickle.dumps)}")  # (4)!
        cloudpickle.register_pickle_by_value(sys.modules["only_here"])  # (5)!
        print(f"the same by value: {called_elsewhere(square, cloudpickle.dumps)}")
        sys.path.remove(folder)


if __name__ == "__main__":
    main()
