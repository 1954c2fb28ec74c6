# /// script
# requires-python = ">=3.14"
# [tool.live]
# timeout = 180
# measure = true
# reads = ["worker.py"]
# ///
"""Measure all ways once more, on a Python that has interpreters as well."""

from measure import main

if __name__ == "__main__":
    main()
