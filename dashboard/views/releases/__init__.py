"""The page “Releases”: what it alone uses."""
