"""The page “Data quality”: what it alone uses."""
