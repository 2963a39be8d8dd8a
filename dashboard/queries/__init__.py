"""Queries that several pages ask of the record."""
