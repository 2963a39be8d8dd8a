"""The page “Deployments”: what it alone uses."""
