"""The page on facial recognition other than live."""
