"""Makes the committed geography from open data that registries ship: outlines, postcode districts
and towns.

In: four files of published packages, each known by its SHA-256. Out: files of `data/reference/`.
Run by hand with `python -m scripts.geography`; the build reads only what is committed. Does not
open a network connection."""
