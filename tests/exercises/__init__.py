"""What each exercise promises: a module for each chapter, a function for each program, to which any program is given.

The first paragraph of a function's docstring is the promise, as `make exercise` states it.
"""
