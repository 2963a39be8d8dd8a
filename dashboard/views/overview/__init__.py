"""The page “Overview”: what it alone uses."""
