"""The page “Map”: what it alone uses."""
