"""The page “Forces”: what it alone uses."""
