"""A corpus of PDFs by many producers, to see that what is printed is what is read."""
