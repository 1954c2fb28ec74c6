"""Writes the beginning of a program or of a page, with all that belongs to it."""
