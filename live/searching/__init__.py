"""Prepares what a search looks through: the words of the pages, and the programs on them."""
