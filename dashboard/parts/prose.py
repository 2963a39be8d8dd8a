"""Running text: paragraphs and points.

In: texts in the language of the page. Out: the page.
"""

from __future__ import annotations

from dashboard.parts.style import show_html, text


def show_prose(*paragraphs: str) -> None:
    """One paragraph after the other."""
    show_html("".join(f"<p>{text(one)}</p>" for one in paragraphs))


def show_points(*points: str) -> None:
    """A list with a point a line."""
    show_html(f'<ul class="lfr-plain">{"".join(f"<li>{text(one)}</li>" for one in points)}</ul>')
