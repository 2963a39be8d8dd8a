"""Event logs of forces: from the rows that a system writes to rollups and a filled return."""
