"""The page “About”: what it alone uses."""
