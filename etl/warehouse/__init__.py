"""One DuckDB file per release: its schema rendered from the model, built beside and swapped in, and
the only queries.

In: canonical records. Out: a read-only warehouse. Does not judge a value."""
