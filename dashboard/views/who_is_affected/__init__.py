"""The page “Who is affected”: what it alone uses."""
