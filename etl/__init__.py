"""Everything that could make a number wrong: from published files to one checked warehouse,
and the one door out of it."""

__version__ = "0.1.0"
