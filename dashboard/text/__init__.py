"""Text in both languages: catalogues, numbers, names, messages."""
