"""The page “Misidentifications”: what it alone uses."""
