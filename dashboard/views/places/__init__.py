"""Places: a search, and a page for every district and place."""
