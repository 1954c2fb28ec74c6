"""Runs a snippet file in processes of its own, and leaves none of them behind.

`run` is the builder's side. `supervisor` and `processes` run beside each program, import nothing but
the standard library, and start in a few milliseconds.
"""
