"""What a recording means, worked out for those who show it: who was where, in which state, and who let whom go on.

Pure: from a `Recording` to plain data. Pictures, pages and the terminal are elsewhere.
"""
