"""Claims: a figure that somebody stated, compared with the rows."""
