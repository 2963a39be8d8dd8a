"""Adapters: one module a publication, named as the publication, with its column map beside it."""
