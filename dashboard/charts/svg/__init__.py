"""Figures as SVG with real text, drawn here and without a browser."""
