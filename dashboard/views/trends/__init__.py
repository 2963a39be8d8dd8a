"""The page “Trends”: what it alone uses."""
