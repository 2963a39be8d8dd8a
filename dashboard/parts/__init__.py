"""Pieces of a page: filters, cards, figures, tables, notes."""
