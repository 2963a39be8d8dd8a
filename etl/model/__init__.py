"""What is declared once: fields, tables, records, codes, absence, cells and problems.
Standard library only."""
