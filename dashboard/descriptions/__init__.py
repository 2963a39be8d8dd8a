"""Sentences about what the queries return, in both languages."""
