"""Turns a recording into HTML: the output as printed, and one line of facts."""
