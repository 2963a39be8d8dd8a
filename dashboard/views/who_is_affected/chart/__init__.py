"""Charts of this page alone: rows of shares, and places by year."""
