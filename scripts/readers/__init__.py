"""What programs read in the public files, held against the record."""
