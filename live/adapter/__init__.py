"""The thin side that speaks to markdown-exec and MkDocs. Nothing else in the engine knows them."""
