"""The public files of a release, made of its data alone:
both the building and the reading side may use them."""
