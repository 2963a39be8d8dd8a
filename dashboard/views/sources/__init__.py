"""The page “Sources”: what it alone uses."""
