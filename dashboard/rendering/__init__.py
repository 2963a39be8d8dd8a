"""The page engine: pieces of a page, their capture, and the context of a page."""
