"""Pieces of a page that several pages share: cards, tables, notes, navigation."""
