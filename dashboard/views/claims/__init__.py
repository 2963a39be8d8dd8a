"""The page “Claims”: what it alone uses."""
