"""Exercises: a broken program, the reader's copy of it, and a check that fails until the copy is mended."""
