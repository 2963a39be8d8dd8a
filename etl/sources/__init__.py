"""One adapter per publication: from cells as printed to canonical records.

In: `RawTable`s and what `publication.toml` declares. Out: `Records`, every value with its place and
its printed text. An adapter translates and does not judge: no sums, fills, drops, de-duplication,
rates, network or clock."""
