"""The page “Data”: what it alone uses."""
