"""Queries to one release of the record: rows, estimates, claims, groups, forces."""
