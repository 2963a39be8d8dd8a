"""Running text: paragraphs, points, and what is folded away until somebody asks for it.

In: texts in the language of the page. Out: the page, or HTML for it."""

from __future__ import annotations

from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html


def show_prose(*paragraphs: str) -> None:
    """One paragraph after the other."""
    show_html("".join(f"<p>{text(paragraph)}</p>" for paragraph in paragraphs))


def show_points(*points: str) -> None:
    """A list with a point a line."""
    show_html(
        f'<ul class="lfr-plain">{"".join(f"<li>{text(point)}</li>" for point in points)}</ul>'
    )


def fold(words: str, body: str, *, at_session: bool = True) -> str:
    """HTML of reference matter behind its summary; with `at_session=False` only a phone folds it, a
    wide screen shows it all.

    The site's script opens it for an address that leads into it, and for print."""
    kind = "lfr-details" if at_session else "lfr-details lfr-on-phone"
    return f'<details class="{kind}"><summary>{text(words)}</summary>{body}</details>'
