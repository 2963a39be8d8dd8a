"""The page “Method”: what it alone uses."""
