"""What both sites send beside pages: assets, headers, static files, URLs."""
