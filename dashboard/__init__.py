"""Everything a reader sees: the public site, its figures, its words and its files.
It computes nothing."""
