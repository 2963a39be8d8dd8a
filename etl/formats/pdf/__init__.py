"""Tables of PDF files: cells with their page, row and column."""
