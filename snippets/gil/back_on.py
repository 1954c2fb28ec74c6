# /// script
# requires-python = ">=3.13"
#
# [tool.live]
# free-threaded = true
# needs = ["cc"]
# ///
"""A free-threaded build says what it is, and an old extension module switches its GIL on again."""

import os
import subprocess
import sys
import sysconfig
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

OLD_MODULE = """
#include <Python.h>
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "old"};
PyMODINIT_FUNC PyInit_old(void) { return PyModule_Create(&definition); }
"""  # (1)!
ASK = "import sys; print('GIL', 'on' if sys._is_gil_enabled() else 'off')"  # (2)!


def python(*arguments: str, **settings: str) -> None:
    shown = [*(f"{name}={value}" for name, value in settings.items()), "python", *arguments]
    print("$", *shown, flush=True)
    subprocess.run([sys.executable, *arguments], env={**os.environ, **settings}, stderr=subprocess.STDOUT, check=True)


def compile_old_module() -> None:
    _, *how_to_link = sysconfig.get_config_var("LDSHARED").split()
    command = ["cc", *how_to_link, "-fPIC", f"-I{sysconfig.get_path('include')}", "-xc", "-", "-o", "old.so"]
    subprocess.run(command, input=OLD_MODULE, text=True, check=True)


def main() -> None:
    print("built to do without the GIL:", sysconfig.get_config_var("Py_GIL_DISABLED"))  # (3)!
    python("-VV")
    with TemporaryDirectory() as folder, chdir(folder):
        Path("ask.py").write_text(ASK)
        python("ask.py")
        python("-X", "gil=1", "ask.py")
        python("ask.py", PYTHON_GIL="1")
        compile_old_module()
        python("-c", "import old, ask")  # (4)!
        python("-c", "import old, ask", PYTHON_GIL="0")


if __name__ == "__main__":
    main()
