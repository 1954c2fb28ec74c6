"""The engine: runs a snippet, records it, keeps the recording, renders it.

Data flows one way: `snippets/*.py` → run → recording → store → render → page. Nothing further down
is imported further up, and only `live.adapter` knows MkDocs and Markdown.
"""
